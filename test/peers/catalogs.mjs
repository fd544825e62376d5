/** keystoneauth's look-ups in catalogs: which addresses it finds, in which order. */
import { findEndpoints } from "keystone-fetch";
import { recorded, sessionWith } from "./replay.mjs";

const faces = /** @type {const} */ (["public", "internal", "admin"]);

/** @returns {Promise<import("../gates/peers.mjs").Question[]>} */
export async function catalogs() {
  return Promise.all(recorded("catalogs").map(ask));
}

/** @param {any} line */
async function ask({ test, catalog, args, result, error }) {
  const { service_type: type, interface: wish, region_name: region, service_name: name } = args;
  const asked = { kind: "catalog look-ups", test, args };
  if (type === undefined) return { ...asked, skip: "a look-up without a type" };
  if (args.endpoint_id || args.service_id) return { ...asked, skip: "a look-up by an id" };
  const { catalog: ours } = await sessionWith({ catalog }).token();
  const query = {
    type,
    region,
    name,
    interface: wish === undefined ? faces : [wish].flat().map((face) => face.replace(/URL$/, "")),
  };
  const theirs = error ?? Object.values(result).flat();
  const found = findEndpoints(ours, query).map(({ url }) => url);
  if (wish === undefined) return { ...asked, theirs: sorted(theirs), ours: sorted(found) };
  // Theirs ends with the best spelling and interface; ours has what is left after that, too.
  return { ...asked, theirs, ours: theirs.length > 0 ? found.slice(0, theirs.length) : found };
}

/** @param {readonly string[]} urls */
const sorted = (urls) => [...urls].sort();
