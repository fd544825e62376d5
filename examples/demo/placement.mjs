/** Steps of the walk: calls to Placement, whose address is in the catalog. */
import { randomBytes } from "node:crypto";
import { dim, expectError, heading, line } from "./print.mjs";

/** @typedef {import("keystone-fetch").Session} Session */

/**
 * Each OpenStack service counts its own versions; from this one on, Placement answers a POST with
 * JSON.
 */
const headers = { "OpenStack-API-Version": "placement 1.20" };

/** @param {Session} admin */
export async function callPlacement(admin) {
  heading("Call a service, as admin", 'const placement = await admin.service("placement")');
  const placement = await admin.service("placement");
  const name = `demo-${randomBytes(4).toString("hex")}`;

  const created = await placement.post("resource_providers", { headers, json: { name } });
  const { uuid } = await created.json();
  line("POST", `/resource_providers ${dim(`${created.status}`)}  created ${name}`);
  try {
    const { resource_providers: list } = await placement
      .get("resource_providers", { headers })
      .json();
    const names = list.map((provider) => provider.name).join(", ");
    line("GET", `/resource_providers ${dim("200")}  ${list.length}: ${names}`);
  } finally {
    const { status } = await placement.delete(`resource_providers/${uuid}`, { headers });
    line("DELETE", `/resource_providers/${uuid} ${dim(`${status}`)}`);
  }
}

/** @param {Session} session */
export async function expectForbidden(session) {
  heading("The same as demo, who may not", 'placement.get("resource_providers")');
  const placement = await session.service("placement");
  await expectError(placement.get("resource_providers", { headers }));
}
