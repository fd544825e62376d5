/** A server with only Identity v2.0, which answers 200 to a GET of /v3 as to any other. */
import { assert } from "chai";
import { applicationCredential, createSession, EndpointNotFoundError, token } from "keystone-fetch";
import type { Case, Env } from "../case.ts";
import { failure, secret } from "../fixtures/failures.ts";
import { somebody } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const cases: readonly Case[] = [
  ...["", "/v2.0", "/v3", "/v3/"].flatMap((path) =>
    [somebody, token(secret), applicationCredential({ id: "0a74", secret })].map((auth) => ({
      name: `a server with v2.0 alone is named as one, by ${auth.name} at "${path}"`,
      async run(env: Env) {
        const authUrl = `${faulty(env, "v2-only").url}${path}`;
        const session = createSession({ authUrl, auth, retry: 0 });
        const error = await failure(session.authenticate(), EndpointNotFoundError);
        assert.match(error.message, /v2\.0/);
        assert.deepEqual(error.available, ["v2.0"]);
        assert.deepEqual(session.state, { status: "unauthenticated" });
      },
    })),
  ),
];

export default cases;
