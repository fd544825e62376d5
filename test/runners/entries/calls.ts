/**
 * Which functions of `keystone-fetch/identity` sent what, and what came back: noted by
 * test/fixtures/identity.ts, reported by the witness, checked by test/gates/identity.mjs.
 */
const calls = new Set<string>();

/** Notes a request of a function, as in `users.get GET https://…/v3/users/1 200`. */
export function noteCall(name: string, { method, url }: Request, { status }: Response): void {
  calls.add(`${name} ${method} ${url.replace(/\?.*/, "")} ${status}`);
}

/** What was noted since the last time; if cases run side by side, whichever ends first reports it. */
export function takeCalls(): string[] {
  const taken = [...calls];
  calls.clear();
  return taken;
}
