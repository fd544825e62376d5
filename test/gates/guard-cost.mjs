/** The cost of a guard that already knows the caller, beside a bare handler: printed, not judged. */
import { createSession, password } from "keystone-fetch";
import { createGuard } from "keystone-fetch/guard";

const rounds = 20_000;

/** @type {import("../runners/gates.mjs").Gate} */
export default async function cost({ env, say }) {
  const { name, domain, password: secret } = env.accounts.admin;
  let asked = 0;
  const session = createSession({
    authUrl: `${env.keystone}/v3`,
    auth: password({ name, domain: { name: domain }, password: secret }),
    scope: { project: { name: "admin", domain: { name: domain } } },
    log: () => {
      asked += 1;
    },
  });
  const { id, catalog } = await session.token();
  const guard = createGuard({ session });
  const handler = () => new Response("hello");
  const guarded = guard.protect(handler);
  const headers = { "X-Auth-Token": id, "User-Agent": "test", Accept: "*/*" };
  const request = () => new Request("https://api.example/things", { headers });
  await guarded(request());
  const before = asked;
  const bare = await time(async () => handler());
  const made = await time(async () => request());
  const known = await time(async () => guarded(request()));
  const micro = (/** @type {number} */ ms) => `${((ms * 1000) / rounds).toFixed(1)} µs`;
  say(
    `guard: a bare handler ${micro(bare)}, making the request ${micro(made)}, both guarded ${micro(known)}` +
      ` (Node ${process.versions.node}, ${catalog.length} services in the catalog)`,
  );
  return [{ name: "a caller who is known is no question to Keystone", ok: asked === before }];
}

/** @param {() => Promise<unknown>} work @returns {Promise<number>} milliseconds, after a tenth as warm-up */
async function time(work) {
  for (let round = 0; round < rounds / 10; round++) await work();
  const began = performance.now();
  for (let round = 0; round < rounds; round++) await work();
  return performance.now() - began;
}
