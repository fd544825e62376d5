/**
 * Shows that the model can fail: breaks the source in one place at a time (in the bundle, not on
 * the disk), and plays programs until one tells.
 *
 *     node test/model/mutants.mjs [text]    those whose name contains it
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { rootDir } from "../runners/project.mjs";
import { bundleModel } from "./build.mjs";
import { playPrograms, seedOf } from "./processes.mjs";

/**
 * By what it forgets: the file, what stands there, and what stands there instead.
 * @type {Record<string, [file: string, from: string, to: string]>}
 */
const mutants = {
  "whose token was rejected": [
    "session/transition.ts",
    "return token && token.id === event.token.id",
    "return token",
  ],
  "that nothing changed": [
    "session/transition.ts",
    'return state.status === "unauthenticated" ? state : {',
    "return {",
  ],
  "that a renewal is under way": [
    "session/life.ts",
    "renewal ??= startRenewal();",
    "renewal = startRenewal();",
  ],
  "whose turn it is": [
    "session/life.ts",
    "const result = last.then(work);",
    "const result = Promise.resolve().then(work);",
  ],
  "that it was sent again already": [
    "session/authorized-fetch.ts",
    "return sendWith(await live(request.signal));",
    `let next = response;
    for (let i = 0; i < 3 && next.status === 401; i++) {
      next = await sendWith(await live(request.signal));
    }
    return next;`,
  ],
  "that the token is dead": [
    "session/authorized-fetch.ts",
    "    reject(token);",
    "    void reject;",
  ],
  "what a 403 is": ["session/authorized-fetch.ts", "response.status !== 401", "response.ok"],
  "that a stream is read once": [
    "session/authorized-fetch.ts",
    "    if (once) throw",
    "    if (!once) throw",
  ],
  "to hide a token": [
    "transport/guarded-fetch.ts",
    "target.origin}`);",
    'headers.get("X-Auth-Token")}`);',
  ],
  "to hide a password": ["transport/failure.ts", "...secretsIn(Object(options).body),", ""],
  "to hide what ky knows": [
    "transport/failure.ts",
    "if (!isHTTPError(error)) return error;",
    "return error;",
  ],
  "to look at the clock in time": ["session/life.ts", "now() >= deadline", "now() > deadline + 5"],
  "to look at the clock at all": [
    "session/life.ts",
    "const token = live();\n      if",
    "const token = liveToken(state);\n      if",
  ],
  "the margin": ["session/store.ts", " - Math.min(margin * 1000, life / 10)", ""],
  "that clocks err": ["session/store.ts", "return receivedAt + life", "return +token.expiresAt"],
  "that nobody is subscribed": [
    "session/life.ts",
    "if (listeners.size > 0 && liveToken(state))",
    "if (liveToken(state))",
  ],
  "to set the timer again": ["session/life.ts", "live() && watch()", "live()"],
  "to heed an abort": [
    "unless-aborted.ts",
    '    else signal.addEventListener("abort", leave);',
    "",
  ],
  "whose abort it is": [
    "transport/guarded-fetch.ts",
    "if (signal.aborted) throw signal.reason;",
    "",
  ],
  "the others who wait": ["session/life.ts", "if (--mine.waiting > 0) return;", "--mine.waiting;"],
  "a listener": [
    "session/life.ts",
    "for (const listener of [...listeners]) {",
    "for (const listener of [...listeners].slice(1)) {",
  ],
  "when a listener is called": ["session/life.ts", "if (state === before) return;", ""],
  "what became of a revoke": [
    "session/session.ts",
    'if (error instanceof KeystoneError) life.dispatch({ type: "revoked", error });',
    "",
  ],
  "to forget": ["session/life.ts", '      dispatch({ type: "revoked" });\n', ""],
  "that stored tokens end": ["session/life.ts", "now() < spentAt(held, margin)", "true"],
  "that a stored token is dead": ["session/life.ts", " && !dead.has(held.token.id)", ""],
  "who comes while the store is written": [
    "session/life.ts",
    "    renewal = undefined;\n    dispatch",
    "    dispatch",
  ],
  "that credentials were refused": [
    "session/session.ts",
    "if (kept && refused) throw refused;",
    "",
  ],
  "to try them again when told to": ["session/session.ts", "        refused = undefined;\n", ""],
  "the lock": ["session/shelf.ts", "if (store?.lock) await", "if (store?.lock && !key) await"],
  "that a store may hang": [
    "session/within.ts",
    "setTimeout(() => resolve(undefined), ms)",
    "undefined",
  ],
  "where it may be redirected to": [
    "transport/guarded-fetch.ts",
    "if (target.origin !== new URL(url).origin) {",
    "if (!target) {",
  ],
  "when to stop trying": [
    "transport/client.ts",
    "{ limit: retry } : retry",
    "{ limit: 9 } : retry",
  ],
  "that a header may be two": ["session/login.ts", "if (!isTokenId(id)) {", "if (!id) {"],
  "the credentials of a child": [
    "session/rescope.ts",
    "kept ? by(auth) : Promise.reject(error),",
    "Promise.reject(error),",
  ],
};

// The rarest needs 15,238: that a token dies while it is being stored, and somebody asks meanwhile.
const runs = Number(process.env.MODEL_RUNS ?? 20_000);
const seed = seedOf(process.env.MODEL_SEED ?? "1");
const folder = join(rootDir, ".cache/test", `mutants-${process.pid}`);

/** What a model says of the source with that change: nothing, or why it fails. */
async function verdict(/** @type {import("./build.mjs").Mutant[]} */ changes) {
  const bundle = join(folder, "model.mjs");
  await bundleModel(bundle, { mutants: changes });
  const [result] = await playPrograms(bundle, { runs, seed, shrink: false }, () => undefined);
  if (!result || result.ok) return undefined;
  const reason = /^Error: (.*)$/m.exec(result.error ?? "")?.[1] ?? result.error;
  return `${result.name}: ${reason?.slice(0, 200)}`;
}

let alive = 0;
try {
  const broken = await verdict([]);
  // Else nobody knows what killed them.
  if (broken) throw new Error(`the source as it is fails already, after ${broken}`);
  for (const [name, [file, from, to]] of Object.entries(mutants)) {
    if (!name.includes(process.argv[2] ?? "")) continue;
    const why = await verdict([{ file, from, to }]).catch((error) => {
      alive++;
      return `by nobody, it can't be built: ${error}`;
    });
    console.log(why ? `killed  ${name}: after ${why}` : `ALIVE   ${name}`);
    if (!why) alive++;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(alive > 0 ? 1 : 0);
