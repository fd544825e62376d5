/** Versions: in URLs, in documents, and in what is asked for. */
import { assert } from "chai";
import {
  bestVersion,
  parseVersions,
  projectSuffix,
  satisfies,
  splitVersion,
} from "../../src/catalog/api-version.ts";
import { ResponseError } from "../../src/errors.ts";
import type { Case } from "../case.ts";

const id = "63a0c8979d3a4aabb44c0dad4ff92650";

/** A URL, what it is without its version, and the version. */
const urls: readonly [string, string, string?][] = [
  ["https://keystone.example/v3", "https://keystone.example", "v3"],
  ["https://keystone.example/v3/", "https://keystone.example", "v3"],
  ["https://keystone.example/v3//", "https://keystone.example", "v3"],
  ["https://keystone.example//v3", "https://keystone.example", "v3"],
  ["https://cinder.example/V2.1/", "https://cinder.example", "V2.1"],
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
  ["1.1", 1, true],
  ["2", "v2", true],
  ["v2.1", "latest", true],
  ["v2.1", "LATEST", true],
  ["v2.1", "2.latest", true],
  ["v3.0", "2.latest", false],
  ["v2", "2.0", true],
  ["v2", "2.1", false],
];

/** Ids with their status, what is asked for, and the id that is taken. */
const choices: readonly [string, string | number, string | undefined][] = [
  ["v2.0 SUPPORTED, v2.1 CURRENT", 2, "v2.1"],
  ["v2.9 CURRENT, v2.16 SUPPORTED", 2, "v2.9"],
  ["v2.0 SUPPORTED, v2.7 SUPPORTED, v2.5 SUPPORTED", "latest", "v2.7"],
  ["v3.0 EXPERIMENTAL, v2.0 SUPPORTED", "latest", "v2.0"],
  ["v1.0 DEPRECATED, v2.0 CURRENT", 1, "v1.0"],
  ["1.1 SUPPORTED, 2 CURRENT", 2, "2"],
  ["v3.14 stable, v2.0 deprecated", 3, "v3.14"],
  ["v2.0 CURRENT", 3, undefined],
];

/** Addresses that end in a project, whose id only the token tells. */
const projects: readonly [string, string][] = [
  ["https://a.example/v2.1/my-project", "my-project"],
  ["https://a.example/v1/AUTH_my-project", "my-project"],
  ["https://a.example/v3/63a0c897-9d3a-4aab-b44c-0dad4ff92650", id],
  ["https://a.example/v3/4711", "4711"],
  ["https://a.example/V2.1/4711/", "4711"],
  ["https://a.example/v2/my%20proj", "my proj"],
  ["https://a.example/v1/AUTH_%C3%BCber", "\u00fcber"],
  ["https://a.example/v2/100%25", "100%"],
  ["https://a.example/v2/100%", "100%"],
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
  {
    name: "an address before a project's id is split by the id of the token in hand",
    run() {
      for (const [url, project] of projects) {
        const [base, found] = splitVersion(url, project);
        assert.equal(base, "https://a.example", url);
        assert.match(found ?? "", /^v\d/i, url);
        assert.equal(`${base}/${found}${projectSuffix(url, project)}`, url.replace(/\/$/, ""));
      }
    },
  },
  ...choices.map(([offered, wanted, taken]) => ({
    name: `of ${offered}, ${wanted} is ${taken}`,
    run() {
      const versions = offered.split(", ").map((line) => {
        const [versionId = "", status] = line.split(" ");
        return { id: versionId, status, url: "" };
      });
      assert.equal(bestVersion(versions, wanted)?.id, taken);
    },
  })),
  {
    name: "a version without a link is taken only where no other that matches has one",
    run() {
      const links = [{ rel: "self", href: "http://x/v2.0/" }];
      const linked = { id: "v2.0", status: "SUPPORTED", links };
      for (const odd of [undefined, [], [{ rel: "self", href: "http://x/" }]]) {
        const bare = { id: "v2.1", status: "CURRENT", links: odd };
        const both = parseVersions({ versions: [bare, linked] }, asked);
        assert.equal(bestVersion(both, 2)?.url, "https://cloud.example/identity/v2.0");
        assert.equal(bestVersion(both, "2.1")?.id, "v2.1");
        assert.equal(bestVersion(parseVersions({ versions: [bare] }, asked), 2)?.id, "v2.1");
      }
    },
  },
  {
    name: "an entry without an id is left out, and the others count",
    run() {
      const odd = [null, { status: "stable" }, "v3", { id: ["s3cret"] }, version];
      assert.deepEqual(parseVersions({ versions: odd }, asked), expected);
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
    name: "of its links self counts, or the first that leads to neither a manual nor a list",
    run() {
      const manual = { rel: "describedby", href: "https://docs.example/v9/" };
      const own = { href: "http://x:5000/v3/" };
      const list = { rel: "collection", href: "http://x:5000/" };
      const orders = [[own], [own, manual], [manual, list, own], [manual, list, ...version.links]];
      for (const links of orders) {
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
      const secret = { version: { id: ["s3cret"] } };
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
