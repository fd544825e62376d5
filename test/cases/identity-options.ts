/** Impossible calls are refused before any request, by the name of the option. */
import { assert } from "chai";
import { OptionsError, type Session } from "keystone-fetch";
import * as identity from "keystone-fetch/identity";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { scratchProject, undoing } from "../fixtures/scratch.ts";
import { adminOf, sessionAt } from "../fixtures/sessions.ts";
import { faulty } from "../server/client.ts";

const { endpointFilters, limits, mappings, policies, projects, protocols, regions, users } =
  identity;

const none = undefined as never;
const [endpoint, endpointGroup, service, region] = ["e", "g", "s", "r"];

/** Calls that no server could make sense of, and the option that each error names. */
const calls: readonly [string, (session: Session) => Promise<unknown>][] = [
  ["user", (at) => users.create(at, none)],
  ["user", (at) => users.create(at, "dora" as never)],
  ["user", (at) => users.update(at, "u", [] as never)],
  ["user", (at) => users.changePassword(at, "u", none)],
  ["region", (at) => regions.create(at, none)],
  ["mapping", (at) => mappings.create(at, none)],
  ["mapping.id", (at) => mappings.create(at, { rules: [] } as never)],
  ["protocol.id", (at) => protocols.create(at, "idp", { id: "..", mapping_id: "m" })],
  ["identity_provider", (at) => identity.identityProviders.create(at, none)],
  ["service_provider", (at) => identity.serviceProviders.create(at, none)],
  ["limits", (at) => limits.create(at, none)],
  ["limits", (at) => limits.createMany(at, {} as never)],
  ["registered_limits", (at) => identity.registeredLimits.createMany(at, ["cores"] as never)],
  ["config", (at) => identity.domainConfigs.create(at, "d", none)],
  ["group", (at) => identity.domainConfigs.get(at, "d", { group: "a/b" })],
  ["option", (at) => identity.domainConfigs.defaults(at, { group: "ldap", option: "" })],
  ["credential", (at) => identity.ec2Credentials.create(at, "u", none)],
  // JSON has null for it, which to the API means never.
  [
    "application_credential.expires_at",
    (at) =>
      identity.applicationCredentials.create(at, "u", { name: "n", expires_at: new Date("soon") }),
  ],
  ["user.expires_at", (at) => users.update(at, "u", { expires_at: new Date(Number.NaN) })],
  ["lent", (at) => identity.trusts.check(at, none)],
  ["lent", (at) => identity.oauth1AccessTokens.check(at, none)],
  ["filter", (at) => endpointFilters.assign(at, none)],
  ["filter", (at) => endpointFilters.unassign(at, { project: "p" } as never)],
  ["filter", (at) => endpointFilters.check(at, { project: "p", endpoint, endpointGroup } as never)],
  ["projects/{id}", (at) => endpointFilters.assign(at, { endpoint } as never)],
  ["use", (at) => policies.assign(at, none)],
  ["use", (at) => policies.unassign(at, { policy: "p", region } as never)],
  ["use", (at) => policies.check(at, { policy: "p", endpoint, service } as never)],
  ["region", (at) => policies.assign(at, { policy: "p", endpoint, region } as never)],
];

const cases: readonly Case[] = [
  {
    name: "a call without its object, or with what excludes each other, is refused by name",
    async run(env) {
      const server = faulty(env, "pages");
      const session = sessionAt(server);
      for (const [option, call] of calls) {
        const { message } = await failure(call(session), OptionsError);
        assert.include(message, `${option}: `);
        assert.match(message, /: (expected|requires) /);
      }
      assert.isEmpty(await server.log());
    },
  },
  {
    // Keystone decodes a slash before it looks up the route: this would be a request to delete the
    // tags.
    name: "an id with a slash reaches no other route",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const id = await scratchProject(admin, undo);
        await projects.setTags(admin, id, ["kept"]);
        const { message } = await failure(projects.delete(admin, `${id}/tags`), OptionsError);
        assert.include(message, "projects/{id}");
        assert.deepEqual(await projects.tags(admin, id), ["kept"]);
      }),
  },
];

export default cases;
