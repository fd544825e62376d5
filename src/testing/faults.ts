import { expect } from "../expect.ts";

/** Which requests are affected. */
export interface FaultFilter {
  /** As in `"POST"`. Default: any. */
  readonly method?: string | undefined;
  /** What the path contains, as in `"/auth/tokens"`. Default: any. */
  readonly path?: string | RegExp | undefined;
}

export interface FaultOptions extends FaultFilter {
  /** How many requests fail. Default: 1. */
  readonly times?: number | undefined;
  /** Seconds, as the header `Retry-After` has them. Default: no such header. */
  readonly retryAfter?: number | undefined;
}

interface Fault extends FaultOptions {
  readonly status: number | "network";
  left: number;
}

/** What goes wrong, and how long everything takes. */
export interface Faults {
  fail(status: number | "network", options: FaultOptions): void;
  delay(ms: number, filter: FaultFilter): void;
  clear(): void;
  /** Waits, and returns the failure of the request, if it has one. */
  meet(
    request: Request,
    signal: AbortSignal,
  ): Promise<Pick<Fault, "status" | "retryAfter"> | undefined>;
}

export function createFaults(): Faults {
  const faults: Fault[] = [];
  const delays: (FaultFilter & { readonly ms: number })[] = [];
  return {
    fail(status, options) {
      const isStatus = typeof status === "number" && status >= 400 && status < 600;
      expect(status === "network" || isStatus, "status", 'an error status, or "network"');
      const { times = 1 } = options;
      expect(times >= 1, "times", "1 or more");
      faults.push({ ...options, status, left: times });
    },
    delay(ms, filter) {
      expect(typeof ms === "number" && ms >= 0, "ms", "milliseconds, 0 or more");
      delays.unshift({ ...filter, ms });
    },
    clear() {
      faults.length = 0;
      delays.length = 0;
    },
    async meet(request, signal) {
      const delay = delays.find((one) => isAbout(one, request));
      const fault = faults.find((one) => one.left > 0 && isAbout(one, request));
      if (fault) fault.left--;
      if (delay) await wait(delay.ms, signal);
      return fault;
    },
  };
}

function isAbout({ method, path }: FaultFilter, request: Request): boolean {
  if (method !== undefined && method.toUpperCase() !== request.method) return false;
  if (path === undefined) return true;
  const { pathname } = new URL(request.url);
  return typeof path === "string" ? pathname.includes(path) : path.test(pathname);
}

/** Ends at once with the signal's reason. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const aborted = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", aborted);
      resolve();
    }, ms);
    signal.addEventListener("abort", aborted);
  });
}
