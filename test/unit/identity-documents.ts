/**
 * The API's documents: what two real servers sent (Zed and 2026.2), and the samples of the API
 * reference that are JSON. Each goes through the function that asks for it.
 */
import { assert } from "chai";
import * as identity from "../../src/identity/index.ts";
import type { Session } from "../../src/session/contract.ts";
import { createClient } from "../../src/transport/client.ts";
import type { Case } from "../case.ts";
import calls from "../fixtures/identity/calls.json";
import captured from "../fixtures/identity/documents.json";

const namespaces: Record<string, Record<string, unknown>> = identity;

type Documents = Record<string, Record<string, unknown>>;

/** By route: where it is from, and what it is. */
const documents = captured as Documents;

/** Samples that show what no server ever sent: envelopes too many, none, or another one's. */
const wrong = new Set([
  "api-ref: domain-config-group-option-default-response",
  "api-ref: domain-config-group-option-show-response",
  "api-ref: domain-config-group-show-response",
  "api-ref: endpoint-groups-response",
  "api-ref: project-tags-update-response",
]);

/** A session whose Keystone answers all with one document. */
function answering(body: unknown): Session {
  const client = createClient(
    async () => Response.json(body),
    { retry: 0 },
    { prefix: "http://keystone/v3" },
  );
  const token = async () => ({ scope: "unscoped" });
  return { service: async () => client, token } as unknown as Session;
}

/** The functions that send a request to a route, those that give all of its answer first. */
function sendersOf(route: string): string[] {
  const names = Object.entries(calls).flatMap(([name, lines]) =>
    lines.some((line) => line.startsWith(`${route} `)) ? [name] : [],
  );
  const partly = /\.(find|create|check\w*|assign|unassign|granted|rotate)$|^roleAssignments/;
  return names.sort((a, b) => Number(partly.test(a)) - Number(partly.test(b)));
}

/** The ids of a route by name: `project_id` is the project's. */
const idsOf = (route: string) =>
  [...route.matchAll(/\{(\w+)\}/g)].map(([, id = ""]) => id.replace(/_id$/, ""));

/** What a function takes: a route's ids one by one, or as the properties of one object. */
function argumentsFor(name: string, route: string, query: object): unknown[] {
  const ids = idsOf(route);
  const named = Object.fromEntries(
    ids.map((id) => [id.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()), id]),
  );
  if (/\.(check|granted)$|^endpointFilters\.projects$/.test(name)) {
    const inherited = route.includes("OS-INHERIT") || undefined;
    const system = route.includes(" /system/") ? "all" : undefined;
    return [{ ...named, inherited, system }];
  }
  const { domain, group, option } = named;
  if (/^domainConfigs\.(get|defaults)$/.test(name)) {
    return domain ? [domain, { group, option }] : [{ group, option }];
  }
  if (name === "domainConfigs.update") return [domain, { group: { option: 1 } }, { group, option }];
  if (/^domainConfigs|^impliedRoles/.test(name)) return [...ids, {}];
  if (/\.createMany$/.test(name)) return [...ids, [{}]];
  // What is created by PUT has its id among its attributes.
  if (/^PUT .*\}$/.test(route)) return [...ids.slice(0, -1), { id: ids.at(-1) }];
  return /^GET/.test(route) ? [...ids, query] : [...ids, {}];
}

/** Asks for a document by the function that its route is for. */
async function ask(route: string, body: unknown, query = {}): Promise<unknown> {
  const [name = ""] = sendersOf(route);
  const [namespace = "", verb = ""] = name.split(".");
  const call = namespaces[namespace]?.[verb] as (...args: unknown[]) => Promise<unknown>;
  const result = await call(answering(body), ...argumentsFor(name, route, query));
  // An option is given in its group, as in all of a configuration.
  return /^GET .*\{option\}/.test(route) ? Object.values(result as object)[0] : result;
}

/** What is in the envelope, which has at most links and a mark beside it. */
function content(body: unknown): unknown {
  const { links, truncated, ...rest } = body as Record<string, unknown>;
  const [inside] = Object.values(rest);
  return inside;
}

const isRecords = (value: unknown): value is object[] =>
  Array.isArray(value) && typeof value[0] === "object" && value[0] !== null;

/** The same with the zone that Keystone leaves out of some times. */
function withZones(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withZones);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => {
    const bare = /_at$/.test(name) && /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(String(one));
    return [name, bare ? `${one}Z` : withZones(one)];
  });
  return Object.fromEntries(entries);
}

const checked = Object.entries(documents);
const count = checked.reduce((sum, [, all]) => sum + Object.keys(all).length, 0) - wrong.size;

const cases: readonly Case[] = [
  {
    name: `${count} documents of ${checked.length} routes are as the functions expect them`,
    async run() {
      const failures: string[] = [];
      let read = 0;
      for (const [route, all] of checked) {
        for (const [from, body] of Object.entries(all)) {
          if (wrong.has(from)) continue;
          try {
            // Behind the name of a document is what it depends on in the query.
            const [, flag] = from.split("?");
            const result = await ask(route, body, flag ? { [flag]: true } : {});
            // A list has marks of its own; all else is kept, also what the API reference has not.
            const wanted = withZones(content(body));
            if (Array.isArray(result)) assert.deepEqual([...result], wanted);
            else if (result !== true) assert.deepEqual(result, wanted);
            read++;
          } catch (error) {
            failures.push(`${route}, ${from}: ${error}`);
          }
        }
      }
      if (failures.length > 0) assert.fail(failures.join("\n"));
      assert.equal(read, count);
    },
  },
  {
    name: "in a list of any kind, an odd attribute costs itself, and a record without an id the record",
    async run() {
      let count = 0;
      for (const route of checked.map(([route]) => route)) {
        const list = Object.entries(documents[route] ?? {}).find(([from]) =>
          from.startsWith("zed"),
        );
        const [, records] = Object.entries(list?.[1] ?? {}).find(([, one]) => isRecords(one)) ?? [];
        if (!list || !isRecords(records) || !/^GET/.test(route)) continue;
        const good = records[0] as Record<string, unknown>;
        const [envelope = ""] =
          Object.entries(list[1] as object).find(([, one]) => one === records) ?? [];
        for (const name of Object.keys(good)) {
          for (const odd of [undefined, null, "", 5, [], {}]) {
            const body = { [envelope]: [{ ...good, [name]: odd }, good] };
            const result = (await ask(route, JSON.parse(JSON.stringify(body)))) as unknown[] & {
              skipped: unknown[];
            };
            const where = `${route} ${name} ${JSON.stringify(odd)}`;
            assert.lengthOf([...result, ...result.skipped], 2, where);
            const isNeeded = ["id", "access", "role", "prior_role"].includes(name);
            if (!isNeeded) assert.isEmpty(result.skipped, where);
            count++;
          }
        }
      }
      assert.isAbove(count, 1000);
    },
  },
  {
    name: "a document with anything missing that every server sends is refused",
    async run() {
      const body = { service: { name: "nova", type: "compute" } };
      let refused: unknown;
      await ask("GET /services/{service_id}", body).catch((error) => {
        refused = error;
      });
      assert.equal((refused as Error)?.name, "ResponseError");
      assert.include((refused as Error).message, "service.id");
    },
  },
];

export default cases;
