/** The state machine, whole: every state × every event. */
import { assert } from "chai";
import { KeystoneError } from "../../src/errors.ts";
import {
  isLive,
  type SessionEvent,
  type SessionState,
  transition,
} from "../../src/session/transition.ts";
import type { Token } from "../../src/token.ts";
import type { Case } from "../case.ts";

/** As much of a token as the machine looks at. */
const token = (id: string, scope: Token["scope"]) => ({ id, scope }) as Token;

const a = token("a", { system: "all" });
const u = token("u", "unscoped");
const error = new KeystoneError("could not be told");
const [endOfA, endOfU] = [new Date(1), new Date(2)];
const known = new Map<unknown, string>([
  [a, "a"],
  [u, "u"],
  [error, "error"],
  [endOfA, "at 1"],
  [endOfU, "at 2"],
]);

/** As in "scoped a at 1", "expired u at 2 time", "unauthenticated error". */
const describe = (state: SessionState) =>
  Object.values(state)
    .map((value) => known.get(value) ?? value)
    .join(" ");

const states: readonly SessionState[] = [
  { status: "unauthenticated" },
  { status: "unauthenticated", error },
  { status: "unscoped", token: u, endsAt: endOfU },
  { status: "scoped", token: a, endsAt: endOfA },
  { status: "expired", token: u, endsAt: endOfU, reason: "time" },
  { status: "expired", token: a, endsAt: endOfA, reason: "time" },
  { status: "expired", token: a, endsAt: endOfA, reason: "rejected" },
];

/** The same token as another object: only the id counts. */
const event: Record<string, SessionEvent> = {
  "gets a": { type: "authenticated", token: a, endsAt: endOfA },
  "gets u": { type: "authenticated", token: u, endsAt: endOfU },
  "a ends": { type: "expired", token: { ...a, id: "a" }, reason: "time" },
  "u ends": { type: "expired", token: { ...u, id: "u" }, reason: "time" },
  "a rejected": { type: "expired", token: a, reason: "rejected" },
  "u rejected": { type: "expired", token: u, reason: "rejected" },
  "another ends": { type: "expired", token: token("b", a.scope), reason: "time" },
  "another rejected": { type: "expired", token: token("b", "unscoped"), reason: "rejected" },
  revoked: { type: "revoked" },
  "revoked, not told": { type: "revoked", error },
};

/** The result for each state, in the order above; "=" means the very same object. */
const table: Record<keyof typeof event, readonly string[]> = {
  "gets a": [
    "scoped a at 1",
    "scoped a at 1",
    "scoped a at 1",
    "scoped a at 1",
    "scoped a at 1",
    "scoped a at 1",
    "scoped a at 1",
  ],
  "gets u": [
    "unscoped u at 2",
    "unscoped u at 2",
    "unscoped u at 2",
    "unscoped u at 2",
    "unscoped u at 2",
    "unscoped u at 2",
    "unscoped u at 2",
  ],
  "a ends": ["=", "=", "=", "expired a at 1 time", "=", "=", "="],
  "u ends": ["=", "=", "expired u at 2 time", "=", "=", "=", "="],
  "a rejected": ["=", "=", "=", "expired a at 1 rejected", "=", "=", "="],
  "u rejected": ["=", "=", "expired u at 2 rejected", "=", "=", "=", "="],
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
      const live = states.map((state) => (isLive(state) ? known.get(state.token) : "-"));
      assert.deepEqual(live, ["-", "-", "u", "a", "-", "-", "-"]);
    },
  },
];

export default cases;
