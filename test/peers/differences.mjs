/**
 * Where keystone-fetch deliberately answers differently from keystoneauth, and why. `when` selects the
 * questions; a difference that explains none is one too many.
 */

/** @typedef {import("../gates/peers.mjs").Question} Question */

/** @param {Question} question */
const theirList = ({ theirs }) =>
  Array.isArray(theirs) ? theirs.map((one) => JSON.parse(one)) : [];

/** @param {Question} question */
const ourList = ({ ours }) => (Array.isArray(ours) ? ours.map((one) => JSON.parse(one)) : []);

/** @param {string} url */
const isOther = (url) => /^https?:\/\/(internal|other|override)\b|internal\.example/.test(url);

/** The path's last part of an address. @param {unknown} url */
const lastOf = (url) => String(url).split("/").at(-1);

/** @type {readonly { name: string, reason: string, when: (question: Question) => boolean }[]} */
export const differences = [
  {
    name: "a user's name without a domain",
    reason: "It means nothing to Keystone, which answers 400. The core refuses it before it asks.",
    when: ({ kind, ours }) => kind === "login bodies" && /\.domain: expected/.test(String(ours)),
  },
  {
    name: "a name that no service has",
    reason:
      "keystoneauth takes a service without a name for any that is asked for. Who asks for one by name is told that there is none.",
    when: ({ kind, args, ours }) =>
      kind === "catalog look-ups" && args.service_name !== undefined && String(ours) === "",
  },
  {
    name: "the prefix stays",
    reason:
      "A version's link leads nowhere but below the address that was asked (design.md §4): behind a proxy a service doesn't know its own host and prefix, and nobody may send a token elsewhere.",
    when: (question) => {
      const { theirs, ours } = question;
      if (typeof theirs === "string") return isMoved(theirs, ours);
      const [their, our] = [theirList(question), ourList(question)];
      return their.length > 0 && their.every((one, index) => isMoved(one.url, our[index]?.url));
    },
  },
  {
    name: "a version without a link",
    reason: "It is kept, at the address that was asked: that is how Placement lists its own.",
    when: ({ args: { versions } }) =>
      Array.isArray(versions) && versions.some(({ id, links }) => id && !links),
  },
  {
    name: "microversions that are none",
    reason:
      "They cost a look-up by microversion, and not the whole document (design.md §6: part by part).",
    when: ({ theirs }) => theirs === "an error" || theirs === "TypeError",
  },
  {
    name: "no guess where a service can't be asked",
    reason:
      "keystoneauth then takes the catalog's address, with a warning, for the version that was asked for. A guard that fails open is none.",
    when: ({ kind, ours }) =>
      kind === "endpoints with discovery" && (ours === "none" || ours === "BadRequest"),
  },
  {
    name: "nothing is asked where no version is",
    reason:
      "Without a version in the query the catalog's address is the answer: one request less, and what the operator entered.",
    when: ({ kind, args, theirs, ours }) =>
      kind === "endpoints with discovery" &&
      args.version === undefined &&
      args.min_version === undefined &&
      String(theirs).startsWith(`${ours}/v`),
  },
  {
    name: "other versions are always asked for",
    reason: "keystoneauth has a switch against it; ours has none, since nobody is worse off.",
    when: ({ args, theirs }) => args.allow_version_hack === false && theirs === "none",
  },
  {
    name: "an address that names the version is taken",
    reason:
      "The catalog has one for just that version; keystoneauth asks the service all the same, and then has none.",
    when: ({ args, theirs, ours }) =>
      theirs === "none" && JSON.stringify(args.catalog ?? "").includes(`"${ours}"`),
  },
];

/** Whether it is the same version at another host or below another prefix. @param {unknown} theirs @param {unknown} ours */
function isMoved(theirs, ours) {
  if (typeof theirs !== "string" || typeof ours !== "string" || theirs === ours) return false;
  if (!URL.canParse(ours) || !URL.canParse(theirs)) return false;
  return isOther(theirs) || lastOf(theirs) === lastOf(ours);
}
