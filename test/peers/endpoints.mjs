/** keystoneauth's endpoints, for which it asks services for their versions. */
import { addressOf, plain, recorded, sessionWith } from "./replay.mjs";
import { askedVersion } from "./version.mjs";

/** @typedef {import("../gates/peers.mjs").Question} Question */

/** @returns {Promise<Question[]>} */
export function endpoints() {
  return Promise.all(recorded("endpoints").map(ask));
}

/** @param {any} line @returns {Promise<Question>} */
async function ask({ test, catalog, served, project, args, result, error }) {
  const { service_type: type, service_name: name, region_name: region } = args;
  const asked = { kind: "endpoints with discovery", test, args: { ...args, catalog, served } };
  const wanted = askedVersion(args);
  if (args.interface === "AUTH_INTERFACE") return { ...asked, skip: "the address of the login" };
  if (!type) return { ...asked, skip: "a look-up without a type" };
  if (!wanted) return { ...asked, skip: "a range over more than one major version" };
  const { endpoint_override: override } = args;
  const session = sessionWith({
    catalog,
    served,
    project,
    endpointOverrides: override ? { [type]: override } : {},
  });
  const faces = [args.interface ?? "public"].flat();
  const query = {
    type,
    name,
    region,
    interface: faces.map((/** @type {string} */ face) => face.replace(/URL$/, "")),
    ...wanted,
  };
  const address = typeof result === "string" ? result : result?.url;
  const theirs = address ? plain(address) : (error ?? "none");
  return { ...asked, theirs, ours: await addressOf(session, query) };
}
