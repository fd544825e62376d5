/**
 * `keystone-fetch/config` answers as openstacksdk does: which address, which login, which endpoint for
 * each service. The questions are those of its own tests (recorded), all provider profiles with their
 * regions, and random clouds; if the answers differ, the table of differences says why.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { vendors } from "keystone-fetch/config/vendors";
import { askOurs } from "../fixtures/config/ask-ours.mjs";
import { differences } from "../fixtures/config/differences.mjs";
import { randomQuestions } from "../fixtures/config/random-clouds.mjs";
import { vendorQuestions } from "../fixtures/config/vendor-clouds.mjs";
import { ensurePackages } from "../keystone/install.mjs";

/**
 * @typedef {import("../fixtures/config/ask-ours.mjs").Question} Question
 * @typedef {import("../fixtures/config/ask-ours.mjs").Answer} Answer
 */

const count = 2500;
const seed = 20261129;

/** @type {import("../runners/gates.mjs").Gate} */
export default async function openstacksdk({ say }) {
  await ensurePackages(["python3-openstacksdk"]);
  const profiles = vendors["public-clouds"];
  /** @type {Map<string, number>} */
  const used = new Map();
  const groups = [
    compare("its own tests", await recordedCases(), used),
    compare("provider profiles", await ask(vendorQuestions(profiles)), used),
    compare("random clouds", await ask(randomQuestions(count, seed, profiles)), used),
  ];
  for (const { name, total, same, explained } of groups) {
    say(`${name}: ${total} questions, ${same} the same, ${explained} otherwise for a reason`);
  }
  for (const { name } of differences) say(`  ${used.get(name) ?? 0} ${name}`);
  return [
    ...groups.map(({ name, total, unexplained }) => ({
      name: `${name}: as openstacksdk`,
      ok: total > 0 && unexplained.length === 0,
      error: unexplained.slice(0, 20).join("\n"),
    })),
    {
      name: "no difference is listed without need",
      ok: differences.every(({ name }) => used.has(name)),
      error: differences
        .filter(({ name }) => !used.has(name))
        .map(({ name }) => name)
        .join(", "),
    },
  ];
}

/** @typedef {{ question: Question, theirs: Answer, ours: Answer }} Case */

/**
 * @param {string} name @param {Case[]} cases
 * @param {Map<string, number>} used
 */
function compare(name, cases, used) {
  let same = 0;
  /** @type {string[]} */
  const unexplained = [];
  for (const one of cases) {
    const { reasons, wrong } = judge(one);
    for (const reason of reasons) used.set(reason, (used.get(reason) ?? 0) + 1);
    if (wrong.length > 0) unexplained.push(describe(one, wrong));
    else if (reasons.length === 0) same++;
  }
  const total = cases.length;
  return { name, total, same, unexplained, explained: total - same - unexplained.length };
}

/** What the newest version of its own test suite asked and got. @returns {Promise<Case[]>} */
async function recordedCases() {
  const file = new URL("../fixtures/config/openstacksdk.json", import.meta.url);
  /** @type {{ profiles: Record<string, any>, cases: { question: Question, answer: Answer }[] }} */
  const { profiles, cases } = JSON.parse(readFileSync(file, "utf8"));
  return Promise.all(
    cases.map(async ({ question: recorded, answer }) => {
      const question = {
        ...recorded,
        catalog: [],
        types: [],
        profiles: recorded.profiles ?? profiles,
      };
      return { question, theirs: answer, ours: await askOurs(question) };
    }),
  );
}

/** Both answers to each question. @param {Question[]} questions @returns {Promise<Case[]>} */
async function ask(questions) {
  const answers = askOpenstacksdk(questions);
  /** @type {Answer[]} */
  const ours = [];
  for (const question of questions) ours.push(await askOurs(question));
  return (await answers).map((theirs, index) => ({
    question: /** @type {Question} */ (questions[index]),
    theirs,
    ours: /** @type {Answer} */ (ours[index]),
  }));
}

/**
 * The differences that explain our answer, and what they leave unexplained.
 * @param {Case} one
 * @returns {{ reasons: string[], wrong: string[] }}
 */
function judge({ question, theirs, ours }) {
  if (theirs.error && ours.error) return { reasons: [], wrong: [] };
  /** @type {string[]} */
  const reasons = [];
  let expected = theirs;
  for (const { name, when, adapt } of differences) {
    if (!adapt || expected.error || !when(question, expected, ours)) continue;
    expected = adapt(expected, question);
    reasons.push(name);
  }
  const wrong = fieldsThatDiffer(expected, ours);
  if (wrong.length === 0) return { reasons, wrong };
  const other = differences.find(({ adapt, when }) => !adapt && when(question, theirs, ours));
  return other ? { reasons: [other.name], wrong: [] } : { reasons: [], wrong };
}

/** @param {Answer} theirs @param {Answer} ours @returns {string[]} */
function fieldsThatDiffer(theirs, ours) {
  const fields = /** @type {(keyof Answer)[]} */ (Object.keys(theirs));
  if (theirs.error || ours.error) return ["error"];
  return fields.filter((field) => !isDeepStrictEqual(theirs[field], ours[field]));
}

/** @param {Case} one @param {string[]} wrong */
function describe({ question, theirs, ours }, wrong) {
  const { env, clouds, secure, region, cloud = "" } = question;
  const asked = env ?? { cloud: clouds.clouds[cloud], secure, region };
  const fields = wrong.map((field) => {
    const key = /** @type {keyof Answer} */ (field);
    return `  ${field}: ${JSON.stringify(theirs[key])}, ours ${JSON.stringify(ours[key])}`;
  });
  return [JSON.stringify(asked), ...fields].join("\n");
}

/** @param {Question[]} questions @returns {Promise<Answer[]>} */
async function askOpenstacksdk(questions) {
  const script = fileURLToPath(new URL("../fixtures/config/oracle.py", import.meta.url));
  const child = spawn("/usr/bin/python3", [script], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(JSON.stringify(questions));
  let output = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) output += chunk;
  return JSON.parse(output);
}
