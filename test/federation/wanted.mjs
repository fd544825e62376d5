import { engines } from "../runners/engines.mjs";

/**
 * Whether the gate is to run in an engine or a browser: see test/gates/federation.mjs. One that is not
 * installed is left out, except in CI, where that is a failure.
 *
 * @param {string} name
 */
export function isWanted(name) {
  const { CI, FEDERATION_ENGINES: only } = process.env;
  if (only && !only.split(",").includes(name)) return false;
  const missing = engines.find((engine) => engine.name === name)?.missing();
  return missing === undefined || Boolean(CI);
}
