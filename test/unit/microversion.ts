/** The headers by which each service takes a microversion, and what is said of its bounds. */
import { assert } from "chai";
import { microversionHeaders, negotiate } from "../../src/catalog/microversion.ts";
import type { Case } from "../case.ts";

/** What is asked for, and the name that the service itself looks for in the common header. */
const names: readonly (readonly [type: string, name: string])[] = [
  ["compute", "compute"],
  ["placement", "placement"],
  ["baremetal", "baremetal"],
  ["volumev3", "volume"],
  ["block-storage", "volume"],
  ["sharev2", "shared-file-system"],
  ["container-infra", "container-infra"],
  ["container-infrastructure-management", "container-infra"],
  // Zun's and Watcher's are older than their official types.
  ["container", "container"],
  ["application-container", "container"],
  ["infra-optim", "infra-optim"],
  ["resource-optimization", "infra-optim"],
  ["ha", "instance-ha"],
];

const negotiated: Case = {
  name: "bounds that are no versions are in no message",
  run() {
    const offered = {
      id: "v2.1",
      url: "http://a.example",
      min_version: "hunter2",
      max_version: "s3cret",
    };
    assert.throws(() => negotiate(offered, "2.9", "compute"), /: it offers no microversions$/);
    const half = { ...offered, max_version: "2.5" };
    assert.throws(() => negotiate(half, "2.9", "compute"), /: it offers \? to 2\.5$/);
  },
};

const sent: readonly Case[] = names.map(([type, name]) => ({
  name: `a microversion of ${type} is sent under the name ${name}`,
  run() {
    assert.equal(microversionHeaders(type, "1.2")["OpenStack-API-Version"], `${name} 1.2`);
  },
}));

export default [...sent, negotiated];
