/** What of a reply, beside its words, may repeat a secret; and what of ky's errors gets out. */
import { assert } from "chai";
import { HTTPError, NetworkError } from "ky";
import type { MultiFactorRequiredError, RateLimitError } from "../../src/errors.ts";
import { asKeystoneError } from "../../src/transport/failure.ts";
import type { Case } from "../case.ts";

const address = "http://a.example/v3/auth/tokens";

/** The error of a login with this passcode, for a reply like this. */
function failed(passcode: string, status: number, data: unknown, headers: HeadersInit = {}) {
  const totp = { user: { id: "u", passcode } };
  const body = JSON.stringify({ auth: { identity: { methods: ["totp"], totp } } });
  const request = new Request(address, { method: "POST", body });
  const response = new Response("", { status, headers });
  const error = new HTTPError(response, request, {} as never);
  error.data = data;
  return asKeystoneError(error, undefined, body);
}

const receipt = { "Openstack-Auth-Receipt": "r3ceipt-0123456789" };

function required(passcode: string, rules: unknown) {
  const error = failed(passcode, 401, { required_auth_methods: rules }, receipt);
  return error as MultiFactorRequiredError;
}

const cases: readonly Case[] = [
  {
    name: "names of methods that repeat a secret, alone or together, are left out",
    run() {
      const rules = [["password", "hunter2"], ["hunt", "er2"], ["totp"]];
      const error = required("hunter2", rules);
      assert.deepEqual(error.required, [["password"], [], ["totp"]]);
      assert.notMatch(error.message, /hunt|er2/);
      assert.deepEqual(required("hunter2", [["quiz", "totp"]]).required, [["quiz", "totp"]]);
      assert.deepEqual(required("password", [["password"]]).required, [["password"]]);
    },
  },
  {
    name: "a reply's own token, receipt and cookie are not in its words",
    run() {
      const own = {
        "X-Subject-Token": "t0ken-0123456789",
        ...receipt,
        "Set-Cookie": "session=c00kie-0123; Path=/; HttpOnly",
      };
      for (const one of ["t0ken-0123456789", "r3ceipt-0123456789", "c00kie-0123"]) {
        const data = { error: { message: `not good: ${one}`, title: one } };
        const { message } = failed("123456", 400, data, own);
        // A runtime may hide cookies: so it does from this package, too.
        if (one.startsWith("c") && !new Response("", { headers: own }).headers.has("Set-Cookie"))
          continue;
        assert.notInclude(message, one);
      }
      const data = { error: { message: "not good: the path / is not strict" } };
      assert.include(failed("123456", 400, data, own).message, "the path / is not strict");
    },
  },
  {
    name: "versions to choose from that repeat a passcode are left out",
    run() {
      const choices = (...ids: string[]) => ({ choices: ids.map((id) => ({ id })) });
      assert.notInclude(failed("123456", 300, choices("123456")).message, "123456");
      assert.notMatch(failed("123456", 300, choices("v123", "456")).message, /123|456/);
      assert.include(failed("123456", 300, choices("v2.0", "v3.14")).message, "v2.0, v3.14");
    },
  },
  {
    name: "a time to wait that is a passcode is left out",
    run() {
      const wait = (seconds: string) =>
        (failed("123456", 429, {}, { "Retry-After": seconds }) as RateLimitError).retryAfter;
      assert.isUndefined(wait("123456"));
      assert.isUndefined(wait("123456.0"));
      assert.equal(wait("7"), 7);
      assert.equal(wait("0"), 0);
    },
  },
  {
    name: "of ky's error for a failed network only the cause gets out, of whatever realm",
    run() {
      const request = new Request(address, { headers: { "X-Auth-Token": "t0ken" } });
      const reason = { name: "AbortError", message: "fetch failed" };
      const error = new NetworkError(request, { cause: reason });
      assert.strictEqual(asKeystoneError(error, undefined, undefined), reason);
    },
  },
];

export default cases;
