/** Options of projects, domains and roles. */
export interface ResourceOptions {
  /** Whether it can be neither changed nor deleted; null removes the setting. */
  readonly immutable?: boolean | null | undefined;
  readonly [option: string]: unknown;
}
