import { attempt } from "../attempt.ts";
import { expect } from "../expect.ts";
import { secretsOf } from "../secrets-of.ts";
import { shownHeaders } from "./shown.ts";
import { curlOf, partsOf } from "./to-curl.ts";

/**
 * A fetch that writes what `openstack --debug` shows: a line for each request, as a curl command, and
 * one for each reply. Retries, redirects, logins and discovery are requests of their own. There is no
 * secret in the lines: see `toCurl`.
 *
 * @param write gets a line; what it throws is ignored
 * @param fetch sends the requests. Default: `globalThis.fetch`, looked up at each call
 * @example
 * const session = createSession({ authUrl, auth, fetch: debugFetch(console.debug) });
 * // REQ: curl -g -i -X GET 'https://nova.example/v2.1/servers' -H 'x-auth-token: {SHA256}9f86…'
 * // RESP: [200] 34 ms content-type: application/json x-openstack-request-id: req-5a3c…
 */
export function debugFetch(
  write: (line: string) => void,
  fetch?: typeof globalThis.fetch,
): typeof globalThis.fetch {
  expect(typeof write === "function", "write", "a function");
  expect(!fetch || typeof fetch === "function", "fetch", "a function");
  const say = (line: string) => attempt(() => write(line));
  return async (input, init) => {
    const request = partsOf(input as string | URL | Request, init);
    say(`REQ: ${await curlOf(request)}`);
    const began = performance.now();
    const took = () => `${Math.round(performance.now() - began)} ms`;
    try {
      const response = await (fetch ?? globalThis.fetch)(input, init);
      // A server may repeat what it was sent.
      const secrets = secretsOf(request.headers, request.address, request.body);
      const headers = await shownHeaders(response.headers, secrets);
      say([`RESP: [${response.status}] ${took()}`, ...headers].join(" "));
      return response;
    } catch (error) {
      say(`RESP: none after ${took()}`);
      throw error;
    }
  };
}
