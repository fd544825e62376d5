import { expect } from "../expect.ts";

/** The parts of a request that are needed: a `Request`, or what a framework has in its place. */
export interface IncomingRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Pick<Headers, "get">;
}

/** @throws {OptionsError} if it is not a request. */
export function expectRequest(request: Partial<IncomingRequest> | undefined): void {
  expect(typeof request?.headers?.get === "function", "request", "a Request");
}
