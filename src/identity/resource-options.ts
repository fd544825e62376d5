/** What projects, domains and roles can be told besides their attributes. */
export interface ResourceOptions {
  /** Whether it may be neither changed nor deleted; null takes that back. */
  readonly immutable?: boolean | null | undefined;
  readonly [option: string]: unknown;
}
