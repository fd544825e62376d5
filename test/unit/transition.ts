/** The state machine, whole: every state × every event. */
import { assert } from "chai";
import { KeystoneError } from "../../src/errors.ts";
import { type Event, liveToken, type State, transition } from "../../src/session/transition.ts";
import type { Token } from "../../src/token.ts";
import type { Case } from "../case.ts";

/** As much of a token as the machine looks at. */
const token = (id: string, scope: Token["scope"]) => ({ id, scope }) as Token;

const a = token("a", { system: "all" });
const u = token("u", "unscoped");
const error = new KeystoneError("could not be told");
const known = new Map<unknown, string>([
  [a, "a"],
  [u, "u"],
  [error, "error"],
]);

/** As in "scoped a", "expired u time", "unauthenticated error". */
const describe = (state: State) =>
  Object.values(state)
    .map((value) => known.get(value) ?? value)
    .join(" ");

const states: readonly State[] = [
  { status: "unauthenticated" },
  { status: "unauthenticated", error },
  { status: "unscoped", token: u },
  { status: "scoped", token: a },
  { status: "expired", token: u, reason: "time" },
  { status: "expired", token: a, reason: "time" },
  { status: "expired", token: a, reason: "rejected" },
];

/** The same token as an object of its own: it is the id that counts. */
const event: Record<string, Event> = {
  "gets a": { type: "authenticated", token: a },
  "gets u": { type: "authenticated", token: u },
  "a ends": { type: "spent", token: { ...a, id: "a" }, reason: "time" },
  "u ends": { type: "spent", token: { ...u, id: "u" }, reason: "time" },
  "a rejected": { type: "spent", token: a, reason: "rejected" },
  "u rejected": { type: "spent", token: u, reason: "rejected" },
  "another ends": { type: "spent", token: token("b", a.scope), reason: "time" },
  "another rejected": { type: "spent", token: token("b", "unscoped"), reason: "rejected" },
  revoked: { type: "revoked" },
  "revoked, not told": { type: "revoked", error },
};

/** What becomes of each state, in the order above; "=" is the very same object. */
const table: Record<keyof typeof event, readonly string[]> = {
  "gets a": ["scoped a", "scoped a", "scoped a", "scoped a", "scoped a", "scoped a", "scoped a"],
  "gets u": [
    "unscoped u",
    "unscoped u",
    "unscoped u",
    "unscoped u",
    "unscoped u",
    "unscoped u",
    "unscoped u",
  ],
  "a ends": ["=", "=", "=", "expired a time", "=", "=", "="],
  "u ends": ["=", "=", "expired u time", "=", "=", "=", "="],
  "a rejected": ["=", "=", "=", "expired a rejected", "=", "=", "="],
  "u rejected": ["=", "=", "expired u rejected", "=", "=", "=", "="],
  "another ends": ["=", "=", "=", "=", "=", "=", "="],
  "another rejected": ["=", "=", "=", "=", "=", "=", "="],
  revoked: [
    "=",
    "=",
    "unauthenticated",
    "unauthenticated",
    "unauthenticated",
    "unauthenticated",
    "unauthenticated",
  ],
  "revoked, not told": [
    "unauthenticated error",
    "unauthenticated error",
    "unauthenticated error",
    "unauthenticated error",
    "unauthenticated error",
    "unauthenticated error",
    "unauthenticated error",
  ],
};

const cases: readonly Case[] = [
  ...Object.entries(event).flatMap(([name, happening]) =>
    states.map((state, index) => ({
      name: `${describe(state)}, ${name}: ${table[name]?.[index]}`,
      run() {
        const before = JSON.stringify(state);
        const next = transition(Object.freeze(state), Object.freeze(happening));
        const expected = table[name]?.[index];
        if (expected === "=") assert.strictEqual(next, state);
        else assert.equal(describe(next), expected);
        assert.equal(JSON.stringify(state), before);
      },
    })),
  ),
  {
    name: "a token is live while it is neither expired nor revoked",
    run() {
      const live = states.map((state) => known.get(liveToken(state)) ?? "-");
      assert.deepEqual(live, ["-", "-", "u", "a", "-", "-", "-"]);
    },
  },
];

export default cases;
