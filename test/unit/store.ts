/** What is stored of a token, under which key, and for how long it counts. */
import { assert } from "chai";
import { applicationCredential } from "../../src/auth/application-credential.ts";
import { password } from "../../src/auth/password.ts";
import { token } from "../../src/auth/token.ts";
import type { Scope } from "../../src/scope.ts";
import {
  deserialize,
  endOf,
  type HeldToken,
  lifeOf,
  serialize,
  storeKey,
} from "../../src/session/stored-token.ts";
import { parseToken } from "../../src/token.ts";
import type { Case } from "../case.ts";

const url = "https://keystone.example/v3";
const domain = { name: "Default" };
const secret = "s3cret";
const demo = password({ name: "demo", domain, password: secret });
const web: Scope = { project: { name: "web", domain } };

/** Of sessions that are all different. */
const keys = [
  storeKey(url, [demo], web),
  storeKey("https://other.example/v3", [demo], web),
  storeKey("https://keystone.example", [demo], web),
  storeKey(url, [demo], undefined),
  storeKey(url, [demo], "unscoped"),
  storeKey(url, [demo], { project: { name: "web", domain: { name: "research" } } }),
  storeKey(url, [demo], { project: { id: "web" } }),
  storeKey(url, [demo], { domain: { id: "web" } }),
  storeKey(url, [demo], { system: "all" }),
  storeKey(url, [demo], { trust: { id: "web" } }),
  storeKey(url, [password({ name: "demo", domain: { id: "Default" }, password: secret })], web),
  storeKey(url, [password({ name: "Demo", domain, password: secret })], web),
  storeKey(url, [password({ id: "demo", password: secret })], web),
  storeKey(url, [applicationCredential({ id: "demo", secret })], undefined),
  storeKey(url, [applicationCredential({ name: "demo", user: { id: "a" }, secret })], undefined),
  storeKey(url, [applicationCredential({ name: "demo", user: { id: "b" }, secret })], undefined),
  storeKey(url, [], web),
];

const stamp = (ms: number) => new Date(ms).toISOString();

/** A token that was issued at the server's 0 and came at our `receivedAt`. */
function held(seconds: number, receivedAt = 1): HeldToken {
  const user = { id: "0a74", name: "demo", domain: { id: "default", name: "Default" } };
  const document = {
    token: {
      methods: ["password"],
      user,
      issued_at: stamp(0),
      expires_at: stamp(seconds * 1000),
      extra: 1,
    },
  };
  return { token: parseToken("gAAAA", document), document, receivedAt, life: seconds * 1000 };
}

/** Life and margin in seconds, and when the token counts as expired. */
const margins: readonly [life: number, margin: number, spent: number][] = [
  [3600, 120, 3480],
  [3600, 0, 3600],
  [3600, 360, 3240],
  [3600, 3600, 3240],
  [3600, Number.POSITIVE_INFINITY, 3240],
  [600, 120, 540],
  [10, 120, 9],
  [0, 120, 0],
];

const cases: readonly Case[] = [
  {
    name: "each server, identity and scope has a key of its own, which has no secret in it",
    run() {
      assert.equal(new Set(keys).size, keys.length);
      for (const key of keys) {
        assert.isString(key);
        assert.notInclude(key, secret);
      }
    },
  },
  {
    name: "the same session has the same key, whatever the secret is now",
    run() {
      const again = password({ name: "demo", domain, password: "n3w" });
      assert.equal(storeKey(url, [again], web), keys[0]);
    },
  },
  {
    name: "who is known by a secret alone has none",
    run() {
      for (const auth of [[token("gAAAA")], [demo, token("gAAAA")]]) {
        assert.isUndefined(storeKey(url, auth, web));
      }
    },
  },
  {
    name: "what was stored is read again, under its own key alone",
    run() {
      const before = held(3600, 1_770_000_000_000);
      const value = serialize(before, "key");
      assert.isString(value);
      const after = deserialize(value, "key", before.receivedAt);
      assert.deepEqual(after, before);
      assert.equal(after?.token.id, "gAAAA");
      for (const other of ["", "Key", "key2"])
        assert.isUndefined(deserialize(value, other, before.receivedAt));
    },
  },
  {
    name: "what is damaged is read as nothing",
    run() {
      const value = serialize(held(3600), "key");
      for (let end = 0; end < value.length; end += 7) {
        assert.isUndefined(deserialize(value.slice(0, end), "key", 1));
      }
      const odd = [
        undefined,
        null,
        0,
        "null",
        "[]",
        "{}",
        "true",
        '"key"',
        '["key","gAAAA",1,null]',
      ];
      for (const one of odd) assert.isUndefined(deserialize(one, "key", 1));
      assert.isUndefined(deserialize(value.replace("gAAAA", ""), "key", 1));
      assert.isUndefined(deserialize(value.replace("1970", "x"), "key", 1));
    },
  },
  {
    name: "a stored token lives no longer than it was issued for, whenever it says it came",
    run() {
      const now = 1_770_000_000_000;
      const value = serialize({ ...held(3600, now + 31_536_000_000), life: 31_536_000_000 }, "key");
      const found = deserialize(value, "key", now);
      assert.deepInclude(found, { receivedAt: now, life: 3_600_000 });
    },
  },
  {
    name: "a life ends by the server's Date, where that lies within it",
    run() {
      const { token } = held(3600);
      const dates: readonly [string | null, number][] = [
        [null, 3_600_000],
        ["nonsense", 3_600_000],
        [new Date(0).toUTCString(), 3_600_000],
        [new Date(3_597_000).toUTCString(), 3000],
        // Another clock's.
        [new Date(3_700_000).toUTCString(), 3_600_000],
        [new Date(-86_400_000).toUTCString(), 3_600_000],
      ];
      for (const [date, life] of dates) assert.equal(lifeOf(token, date), life, `${date}`);
    },
  },
  ...margins.map(([life, margin, spent]) => ({
    name: `${life} s with a margin of ${margin} s end after ${spent} s, by whatever clock`,
    run() {
      for (const receivedAt of [1, 1_770_000_000_000]) {
        assert.equal(endOf(held(life, receivedAt), margin), receivedAt + spent * 1000);
      }
    },
  })),
  {
    // Between the two, one place would call it live and another expired.
    name: "a token ends at a whole millisecond, as the state's Date does",
    run() {
      const odd = { ...held(60), life: 30_000.7 };
      assert.equal(endOf(odd, 0), new Date(endOf(odd, 0)).getTime());
    },
  },
];

export default cases;
