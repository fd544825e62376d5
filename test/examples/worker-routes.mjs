/** examples/worker: who may call it, what it answers, and whose token it uses. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createSession } from "keystone-fetch";
import { fromEnv } from "keystone-fetch/config";
import { encrypted, kvStore } from "keystone-fetch/stores";
import { checks } from "./check.mjs";

/** @param {import("./worker-world.mjs").World} world */
export function routes({ ask, loginsDuring, workers, robot, secrets }) {
  /** @param {string} worker @param {string} path */
  const json = async (worker, path) => {
    const answer = await ask(worker, path);
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    assert.equal(answer.headers.get("Cache-Control"), "no-store");
    for (const secret of secrets) assert.ok(!text.includes(secret));
    return JSON.parse(text);
  };
  /** A session in Node on the Workers' KV, with this key. @param {string} key */
  const sessionOn = async (key) => {
    const store = encrypted(kvStore(await workers.namespace()), key);
    return createSession({ ...fromEnv(robot), store });
  };

  return checks({
    "nobody enters without the access token, and nothing is sent": async () => {
      const count = await loginsDuring(async () => {
        const own = `Bearer ${robot.ACCESS_TOKEN}`;
        for (const Authorization of [
          "",
          "Bearer wrong",
          `${own}x`,
          own.slice(0, -1),
          `Basic ${own}`,
        ]) {
          const answer = await ask("robot", "/me", { headers: { Authorization } });
          assert.equal(answer.status, 401, Authorization);
          assert.equal(answer.headers.get("WWW-Authenticate"), "Bearer");
          assert.equal((await answer.json()).error.code, "Unauthenticated");
        }
        // If it was not set, nobody has it.
        for (const Authorization of [own, "Bearer undefined", "Bearer ", ""]) {
          assert.equal((await ask("open", "/me", { headers: { Authorization } })).status, 401);
        }
      });
      assert.equal(count, 0);
    },
    "GET /me says who the Worker is; two isolates, one after the other, log in once": async () => {
      const count = await loginsDuring(async () => {
        const me = await json("robot", "/me");
        assert.deepEqual(Object.keys(me), ["user", "scope", "roles", "expiresAt"]);
        assert.equal(me.user.name, "admin");
        assert.equal(me.scope.project.name, "admin");
        assert.ok(Date.parse(me.expiresAt) > Date.now());
        assert.deepEqual(await json("twin", "/me"), me);
        assert.deepEqual(await json("robot", "/me"), me);
      });
      assert.equal(count, 1);
    },
    "what KV holds is encrypted, and ends with the token": async () => {
      const [{ name, value, expiration }, ...others] = await workers.stored();
      assert.equal(others.length, 0);
      assert.match(name, /^keystone-fetch:[\da-f]{64}$/);
      const bytes = Buffer.from(value, "base64").toString("latin1");
      for (const text of [...secrets, "admin", "catalog"]) {
        assert.ok(!value.includes(text) && !bytes.includes(text), text);
      }
      const life = expiration - Date.now() / 1000;
      assert.ok(life > 60 && life <= 3600, `${life} s`);
      const restored = await sessionOn(robot.TOKENS_KEY);
      assert.equal(await restored.restore(), true);
      assert.match((await restored.token()).id, /^gAAAA/);
    },
    "a new key reads what the old one wrote": async () => {
      assert.equal(await loginsDuring(() => json("rotated", "/me")), 0);
    },
    "another key reads nothing": async () => {
      assert.equal(await loginsDuring(() => json("stranger", "/me")), 1);
      assert.equal((await workers.stored()).length, 1);
      assert.equal(await (await sessionOn(robot.TOKENS_KEY)).restore(), false);
    },
    "a service user; twenty requests at once to one isolate log in once": async () => {
      const count = await loginsDuring(async () => {
        const all = await Promise.all(Array.from({ length: 20 }, () => json("user", "/me")));
        assert.deepEqual([...new Set(all.map(({ user }) => user.name))], ["demo"]);
      });
      assert.equal(count, 1);
    },
    "GET /projects": async () => {
      const { projects } = await json("user", "/projects");
      const names = projects.map((/** @type {{ name: string }} */ { name }) => name).sort();
      assert.deepEqual(names, ["data", "web"]);
    },
    "GET /catalog/TYPE, of a region, and by an alias": async () => {
      const { endpoint } = await json("user", "/catalog/compute?region=RegionTwo");
      assert.equal(endpoint.region, "RegionTwo");
      assert.equal(endpoint.interface, "public");
      assert.match(endpoint.url, /^https:\/\/compute\.two\./);
      assert.equal((await json("user", "/catalog/block-storage")).endpoint.type, "volumev3");
    },
    "what there isn't is 404, and no method but GET is taken": async () => {
      for (const [path, code] of [
        ["/catalog/nothing", "EndpointNotFound"],
        ["/catalog/compute?region=nowhere", "EndpointNotFound"],
        ["/catalog/%00", "EndpointNotFound"],
        ["/catalog/", "NotFound"],
        ["/catalog", "NotFound"],
        ["/catalog/compute/more", "NotFound"],
        ["/me/more", "NotFound"],
        ["/", "NotFound"],
        ["/identity/v3/users", "NotFound"],
      ]) {
        const answer = await ask("user", path);
        assert.deepEqual([answer.status, (await answer.json()).error.code], [404, code], path);
      }
      const answer = await ask("user", "/me", { method: "POST", body: "{}" });
      assert.deepEqual([answer.status, answer.headers.get("Allow")], [405, "GET"]);
    },
  });
}
