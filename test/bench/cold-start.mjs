/** How long a fresh process takes until there is a session. */
import { inRounds, median, ratio } from "./measure.mjs";
import { output } from "./runtimes.mjs";

/** @param {string} module */
const session = (module) => `
  const { createSession, password } = await import("${module}");
  const auth = password({ name: "demo", domain: { name: "Default" }, password: "s3cret" });
  createSession({ authUrl: "https://keystone.example/v3", auth });`;

/** @type {Record<string, string>} */
const programs = {
  "ky and valibot": `await import("ky"); await import("valibot");`,
  "keystone-fetch": session("keystone-fetch"),
  "keystone-fetch.min.js": session("keystone-fetch/keystone-fetch.min.js"),
};

/** @param {import("./cli.mjs").Options} options */
export async function coldStart({ quick, say }) {
  say("cold start …");
  const names = Object.keys(programs);
  /** @param {string} name @returns {Promise<number>} */
  const start = (name) => {
    const code = `const began = performance.now(); ${programs[name]}
      console.log(performance.now() - began);`;
    return output(process.execPath, ["--input-type=module", "--eval", code]);
  };
  const samples = await inRounds(start, names, { rounds: quick ? 5 : 15, turn: 1, warmUp: 1 });
  const [beside, ...ours] = names;
  return [
    ...names.map((name) => ({
      where: "node",
      what: `importing ${name}${name === beside ? "" : " and createSession()"}`,
      value: median(samples[name]),
      unit: "ms",
    })),
    ...ours.map((name) => ({
      where: "node",
      what: `${name} beside ${beside}`,
      value: ratio(samples, name, beside),
      unit: "×",
      goal: 1.25,
    })),
  ];
}
