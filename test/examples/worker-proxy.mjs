/** examples/worker: what it passes on to a service, and what it doesn't. */
import assert from "node:assert/strict";
import { request } from "node:http";
import { createSession } from "keystone-fetch";
import { fromEnv } from "keystone-fetch/config";
import { checks } from "./check.mjs";

const json = { "Content-Type": "application/json" };
const list = "/placement/resource_providers";

/** @param {import("./worker-world.mjs").World} world */
export function proxied({ ask, late, loginsDuring, workers, robot, upstream, env }) {
  return checks({
    "Placement: create, read, list, delete": async () => {
      const name = `worker-${crypto.randomUUID()}`;
      const created = await ask("robot", list, {
        method: "POST",
        headers: { ...json, "OpenStack-API-Version": "placement 1.39" },
        body: JSON.stringify({ name }),
      });
      assert.equal(created.status, 200, await created.clone().text());
      assert.equal(created.headers.get("OpenStack-API-Version"), "placement 1.39");
      const { uuid } = await created.json();
      const place = created.headers.get("Location") ?? "";
      assert.equal(place, `${list}/${uuid}`);
      assert.equal((await (await ask("robot", place)).json()).name, name);
      const found = await ask("robot", `${list}?name=${name}`, {
        headers: { "OpenStack-API-Version": "placement 1.39" },
      });
      assert.equal((await found.json()).resource_providers.length, 1);
      assert.equal((await ask("robot", place, { method: "DELETE" })).status, 204);
      assert.equal((await ask("robot", place)).status, 404);
    },
    "the service's own refusal is passed on": async () => {
      assert.equal((await ask("user", list)).status, 403);
      const bad = await ask("robot", list, { method: "POST", headers: json, body: "{}" });
      assert.equal(bad.status, 400);
    },
    "no header goes on but those that are meant, in either direction": async () => {
      const answer = await ask("recorded", `${list}?headers`, {
        headers: {
          Accept: "application/json",
          Cookie: "session=1",
          "X-Auth-Token": "gAAAA-of-the-caller",
          "X-Service-Token": "gAAAA-of-the-caller",
          "X-Forwarded-For": "10.0.0.1",
          "X-Forwarded-Host": "elsewhere.example",
          "X-Subject-Token": "gAAAA-of-the-caller",
        },
      });
      assert.equal(answer.status, 200);
      const { headers } = upstream.of("headers");
      const { "x-auth-token": token, ...others } = headers;
      assert.equal(token, (await tokenOf(workers, robot)).id);
      assert.equal(others.accept, "application/json");
      // workerd's own headers, among them those for the session's `cache: "no-store"`.
      const known =
        /^(host|accept|accept-encoding|cache-control|cf-worker|connection|pragma|user-agent)$/;
      assert.deepEqual(
        Object.keys(others).filter((name) => !known.test(name)),
        [],
      );
      assert.equal(answer.headers.get("OpenStack-API-Version"), "placement 1.39");
      assert.equal(answer.headers.get("Location"), `${list}/1`);
      for (const name of ["Set-Cookie", "X-Subject-Token", "Server", "X-Auth-Token"]) {
        assert.equal(answer.headers.get(name), null, name);
      }
    },
    "no other path, service or host, and no other method": async () => {
      const before = upstream.seen.length;
      const somewhere = new URL(upstream.url).host;
      for (const path of [
        "/placement",
        "/placement/",
        "/placement/allocations",
        "/placement/resource_providers/",
        "/placement/resource_providers/../allocations",
        "/placement/resource_providers%2f..%2fallocations",
        "/placement/resource_providers/%2e%2e/allocations",
        `/placement//${somewhere}/resource_providers`,
        `/placement/@${somewhere}/resource_providers`,
        `/placement/http://${somewhere}/resource_providers`,
        "/placement/\\resource_providers",
        "/placement/resource_providers;x",
        "/placement/resource_providers%00",
        "/placement/resource_providers%0a",
      ]) {
        const { status } = await raw(await workers.urlOf("recorded"), path, robot.ACCESS_TOKEN);
        assert.equal(status, 403, path);
      }
      for (const path of [
        "/PLACEMENT/traits",
        "//placement/traits",
        "/compute/servers",
        "/placement/../traits",
      ]) {
        const { status } = await raw(await workers.urlOf("recorded"), path, robot.ACCESS_TOKEN);
        assert.equal(status, 404, path);
      }
      for (const [method, path, allow] of [
        ["DELETE", list, "GET, POST"],
        ["PATCH", list, "GET, POST"],
        ["HEAD", list, "GET, POST"],
        ["POST", "/placement/traits", "GET"],
      ]) {
        const answer = await ask("recorded", path, { method });
        assert.deepEqual([answer.status, answer.headers.get("Allow")], [405, allow], method);
      }
      assert.equal(upstream.seen.length, before);
    },
    "an answer is streamed": async () => {
      const answer = await ask("recorded", `${list}?drip`);
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      assert.equal((await reader?.read())?.value, "one");
      upstream.next();
      assert.equal((await reader?.read())?.value, "two");
      assert.equal((await reader?.read())?.done, true);
    },
    "a request is streamed": async () => {
      const { readable, writable } = new TransformStream();
      const writer = writable.getWriter();
      const begun = upstream.begins();
      const answer = ask("recorded", `${list}?upload`, {
        method: "POST",
        body: readable,
        duplex: "half",
      });
      await writer.write(new TextEncoder().encode("one"));
      assert.equal((await begun).line, "POST /prefix/resource_providers?upload");
      await writer.write(new TextEncoder().encode("two"));
      await writer.close();
      assert.equal((await (await answer).json()).length, 6);
      assert.equal(upstream.of("upload").body, "onetwo");
    },
    "a body's length is passed on, of a small and of a large one": async () => {
      for (const body of ["a", "b".repeat(2 ** 20 + 1)]) {
        await ask("recorded", `${list}?length`, { method: "POST", body });
        assert.equal(upstream.of("length").headers["content-length"], `${body.length}`);
        assert.equal(upstream.of("length").body, body);
      }
    },
    "a token that was spent is renewed, and a small body sent again": async () => {
      const count = await loginsDuring(async () => {
        const answer = await ask("recorded", `${list}?refuse=1`, { method: "POST", body: "once" });
        assert.equal(answer.status, 200);
      });
      assert.equal(count, 1);
      const [first, second, ...more] = upstream.all("refuse=1");
      assert.deepEqual([first.body, second.body, more.length], ["once", "once", 0]);
      assert.notEqual(first.headers["x-auth-token"], second.headers["x-auth-token"]);
    },
    "a large body can't be sent again: the caller is asked to, and may": async () => {
      const large = { method: "POST", body: "x".repeat(2 ** 20 + 1) };
      const first = await ask("recorded", `${list}?refuse=2`, large);
      assert.deepEqual([first.status, first.headers.get("Retry-After")], [503, "1"]);
      assert.equal((await first.json()).error.code, "Renewed");
      assert.equal(await loginsDuring(() => ask("recorded", `${list}?refuse=2`, large)), 0);
      const tokens = upstream.all("refuse=2").map(({ headers }) => headers["x-auth-token"]);
      assert.equal(new Set(tokens).size, 2);
    },
    "a service that never accepts the token is no 401 for the caller": async () => {
      const answer = await ask("recorded", `${list}?always`);
      assert.deepEqual([answer.status, (await answer.json()).error.code], [502, "Unauthorized"]);
      assert.equal(upstream.all("always").length, 2);
    },
    "a redirect to elsewhere is not followed": async () => {
      const tag = crypto.randomUUID();
      const answer = await ask("recorded", `${list}?to=${env.foreign}/ok/${tag}`);
      assert.deepEqual([answer.status, (await answer.json()).error.code], [502, "UntrustedOrigin"]);
      assert.deepEqual(await (await fetch(`${env.control}/log/foreign/${tag}`)).json(), []);
    },
    "a service that does not answer": async () => {
      const answer = await ask("silent", list);
      assert.deepEqual([answer.status, (await answer.json()).error.code], [503, "Transport"]);
    },
    "a service that takes too long": async () => {
      const answer = await late;
      assert.deepEqual([answer.status, (await answer.json()).error.code], [504, "Timeout"]);
    },
  });
}

/** @param {import("./worker-world.mjs").World["workers"]} workers @param {object} robot */
async function tokenOf(workers, robot) {
  const { encrypted, kvStore } = await import("keystone-fetch/stores");
  const { TOKENS_KEY } = /** @type {{ TOKENS_KEY: string }} */ (robot);
  const store = encrypted(kvStore(await workers.namespace()), TOKENS_KEY);
  return createSession({ ...fromEnv(robot), store }).token();
}

/**
 * Sends a path as it is: fetch would normalize it.
 *
 * @param {URL} url @param {string} path @param {string} token
 * @returns {Promise<{ status: number | undefined }>}
 */
function raw({ hostname, port }, path, token) {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}` };
    const sent = request({ hostname, port, path, headers }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode });
    });
    sent.once("error", reject).end();
  });
}
