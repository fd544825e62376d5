/** The parts of a request that are needed: a `Request`, or what a framework has in its place. */
export interface IncomingRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Pick<Headers, "get">;
}
