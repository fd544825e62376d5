/** A request that reached the test Keystone or one of its services. */
export interface TestRequest {
  readonly method: string;
  /** The URL without its query. */
  readonly url: string;
  readonly path: string;
  /** Status of the answer; 0 as long as there is none. */
  readonly status: number;
}

export interface RequestLog {
  all(): readonly TestRequest[];
  add(request: Request): { answered(status: number): void };
  clear(): void;
}

/** The requests, without headers, bodies and queries, so without secrets. */
export function createRequestLog(): RequestLog {
  let entries: TestRequest[] = [];
  return {
    all: () => Object.freeze([...entries]),
    add({ method, url }) {
      const { origin, pathname } = new URL(url);
      const sent: TestRequest = Object.freeze({
        method,
        url: origin + pathname,
        path: pathname,
        status: 0,
      });
      entries.push(sent);
      return {
        answered(status) {
          const at = entries.indexOf(sent);
          if (at >= 0) entries[at] = Object.freeze({ ...sent, status });
        },
      };
    },
    clear() {
      entries = [];
    },
  };
}
