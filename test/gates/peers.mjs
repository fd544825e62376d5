/**
 * The questions that keystoneauth's own tests asked (test/fixtures/peers, recorded with its newest
 * version), asked here: look-ups in catalogs, version documents, endpoints with discovery, login
 * bodies; and the authority's aliases. If the answers differ, the table of differences says why.
 */
import { isDeepStrictEqual } from "node:util";
import { aliases } from "../peers/aliases.mjs";
import { catalogs } from "../peers/catalogs.mjs";
import { differences } from "../peers/differences.mjs";
import { documents } from "../peers/documents.mjs";
import { endpoints } from "../peers/endpoints.mjs";
import { logins } from "../peers/logins.mjs";

/**
 * @typedef {object} Question
 * @property {string} kind
 * @property {string} test of the peer's, in which it was asked
 * @property {Record<string, any>} args
 * @property {string} [skip] why there is no such question with us
 * @property {unknown} [theirs] their answer
 * @property {unknown} [ours]
 */

/** @type {import("../runners/gates.mjs").Gate} */
export default async function peers({ say }) {
  const answers = await Promise.all([catalogs(), documents(), endpoints(), logins(), aliases()]);
  const questions = answers.flat();
  /** @type {Map<string, number>} */
  const used = new Map();
  const checks = [...new Set(questions.map(({ kind }) => kind))].map((kind) => {
    const asked = questions.filter((one) => one.kind === kind);
    const applicable = asked.filter(({ skip }) => skip === undefined);
    const different = applicable.filter(({ theirs, ours }) => !isDeepStrictEqual(theirs, ours));
    const same = applicable.length - different.length;
    const unexplained = different.filter((question) => !explained(question, used));
    say(
      `${kind}: ${asked.length} questions, ${applicable.length} applicable, ${same} the same, ${different.length - unexplained.length} otherwise for a reason`,
    );
    return {
      name: `${kind}: as keystoneauth`,
      ok: same > 0 && unexplained.length === 0,
      error: unexplained.slice(0, 20).map(describe).join("\n"),
    };
  });
  for (const [why, count] of tally(questions)) say(`  ${count} not asked: ${why}`);
  for (const { name } of differences) say(`  ${used.get(name) ?? 0} otherwise: ${name}`);
  const unused = differences.filter(({ name }) => !used.has(name)).map(({ name }) => name);
  return [
    ...checks,
    {
      name: "no difference is listed without need",
      ok: unused.length === 0,
      error: unused.join(", "),
    },
  ];
}

/** @param {Question} question @param {Map<string, number>} used */
function explained(question, used) {
  const found = differences.find(({ when }) => when(question));
  if (found) used.set(found.name, (used.get(found.name) ?? 0) + 1);
  return found !== undefined;
}

/** @param {readonly Question[]} questions */
function tally(questions) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { skip } of questions) {
    if (skip !== undefined) counts.set(skip, (counts.get(skip) ?? 0) + 1);
  }
  return counts;
}

/** @param {Question} question */
function describe({ test, args, theirs, ours }) {
  const asked = JSON.stringify(args).slice(0, 300);
  return `${test} ${asked}\n  theirs ${JSON.stringify(theirs)}\n  ours ${JSON.stringify(ours)}`;
}
