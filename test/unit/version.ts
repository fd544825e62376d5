/** Versions: in URLs, in documents, and in what is asked for. */
import { assert } from "chai";
import { parseVersions, satisfies, splitVersion } from "../../src/catalog/version.ts";
import { ResponseError } from "../../src/errors.ts";
import type { Case } from "../case.ts";

const id = "63a0c8979d3a4aabb44c0dad4ff92650";

/** A URL, what it is without its version, and the version. */
const urls: readonly [string, string, string?][] = [
  ["https://keystone.example/v3", "https://keystone.example", "v3"],
  ["https://keystone.example/v3/", "https://keystone.example", "v3"],
  ["https://keystone.example/v3//", "https://keystone.example", "v3"],
  ["https://keystone.example//v3", "https://keystone.example", "v3"],
  ["https://keystone.example/identity/v3", "https://keystone.example/identity", "v3"],
  ["https://keystone.example:5000/v2.0/", "https://keystone.example:5000", "v2.0"],
  ["https://keystone.example/v2.0/v3", "https://keystone.example/v2.0", "v3"],
  [`https://nova.example/v2.1/${id}`, "https://nova.example", "v2.1"],
  [`https://swift.example/v1/AUTH_${id}`, "https://swift.example", "v1"],
  ["https://keystone.example", "https://keystone.example"],
  ["https://keystone.example/", "https://keystone.example"],
  ["https://keystone.example/identity/", "https://keystone.example/identity"],
  ["https://v3", "https://v3"],
  ["https://v3/", "https://v3"],
  ["https://v3.example/identity", "https://v3.example/identity"],
  ["https://keystone.example/srv10", "https://keystone.example/srv10"],
  ["https://keystone.example/v3x", "https://keystone.example/v3x"],
  ["https://keystone.example/v", "https://keystone.example/v"],
  ["https://keystone.example/v3/identity", "https://keystone.example/v3/identity"],
];

/** A version there is, one asked for, and whether the first is the second. */
const pairs: readonly [string | undefined, string | number, boolean][] = [
  ["v3.14", 3, true],
  ["v3", 3, true],
  ["v3", "v3", true],
  ["v3.14", "3", true],
  ["v3.14", "v3.14", true],
  ["v3.14", "3.1", false],
  ["v2.0", 3, false],
  ["v30", 3, false],
  ["v2.1", 2.1, true],
  ["v2.1", 2, true],
  ["v2.10", "2.1", false],
  ["v1", 10, false],
  [undefined, 3, true],
];

const asked = "https://cloud.example/identity/";
const version = {
  id: "v3.14",
  status: "stable",
  links: [{ rel: "self", href: "http://x:5000/v3/" }],
};
const expected = [{ ...version, url: "https://cloud.example/identity/v3" }];

const documents: Record<string, unknown> = {
  "a list below values": { versions: { values: [version] } },
  "a list": { versions: [version] },
  "one version": { version },
  "the bare version": version,
};

const broken: readonly unknown[] = [
  undefined,
  null,
  "",
  "<html>",
  [],
  {},
  { versions: null },
  { versions: { values: null } },
  { versions: [null] },
  { versions: [{ status: "stable" }] },
  { versions: ["v3"] },
  { version: { id: 3 } },
];

const cases: readonly Case[] = [
  ...urls.map(([url, base, found]) => ({
    name: `${url} has the version ${found}`,
    run() {
      assert.deepEqual(splitVersion(url), [base, found]);
    },
  })),
  {
    name: "a version is of the one asked for, or not",
    run() {
      for (const [actual, wanted, is] of pairs) {
        assert.equal(satisfies(actual, wanted), is, `${actual} as ${wanted}`);
      }
    },
  },
  ...Object.entries(documents).map(([shape, document]) => ({
    name: `${shape} is a version document`,
    run() {
      assert.deepEqual(parseVersions(document, asked), expected);
      assert.deepEqual(parseVersions(document, `${asked}v3`), expected);
    },
  })),
  {
    name: "of its links the first counts that does not lead to a manual",
    run() {
      const manual = { rel: "describedby", href: "https://docs.example/v9/" };
      const own = { href: "http://x:5000/v3/" };
      for (const links of [[own], [own, manual], [manual, own], [manual, ...version.links]]) {
        const [found] = parseVersions({ version: { ...version, links } }, asked);
        assert.deepInclude(found, { links, url: "https://cloud.example/identity/v3" });
      }
    },
  },
  {
    name: "anything else is none, and its error repeats nothing of it",
    run() {
      for (const document of broken) {
        const text = JSON.stringify(document);
        assert.throws(() => parseVersions(document, asked), ResponseError, asked, text);
      }
      const secret = { versions: [{ id: ["s3cret"] }] };
      assert.throws(() => parseVersions(secret, asked), /^(?!.*s3cret)/);
    },
  },
  {
    name: "no links, or none that are links, leave the URL as it was asked",
    run() {
      const odd = [undefined, null, {}, [], [null], [{}], [{ href: "" }], [{ href: null }], "v3"];
      for (const links of odd) {
        const [found] = parseVersions({ versions: [{ id: "v1.0", links }] }, asked);
        assert.equal(found?.url, "https://cloud.example/identity", JSON.stringify(links));
      }
    },
  },
];

export default cases;
