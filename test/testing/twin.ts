/** The Keystone in memory with the accounts of the real one. */
import { createTestKeystone, type TestKeystone, type TestUser } from "keystone-fetch/testing";
import type { Env } from "../case.ts";
import { projects } from "../keystone/accounts.mjs";
import { catalog, REGIONS } from "../keystone/catalog.mjs";

const interfaces = ["public", "internal", "admin"] as const;

export function twinOf({ accounts }: Pick<Env, "accounts">): TestKeystone {
  const root = "http://keystone.test";
  const services = catalog({ identity: root, placement: "http://placement.test" });
  return createTestKeystone({
    authUrl: `${root}/v3`,
    domains: ["research"],
    projects: Object.values(projects),
    regions: REGIONS,
    users: Object.values(accounts).map(userOf),
    services: services.map(({ type, name, url }) => ({
      type,
      name,
      endpoints: REGIONS.flatMap((region) =>
        interfaces.map((face) => ({ region, interface: face, url: url(region, face) })),
      ),
    })),
  });
}

const userOf = (account: Env["accounts"][keyof Env["accounts"]]): TestUser => ({
  name: account.name,
  description: account.about,
  password: account.password,
  domain: account.domain,
  defaultProject: account.defaultProject,
  enabled: account.enabled,
  roles: [
    ...account.grants,
    // As bootstrapping gives it.
    ...(account.name === "admin" ? [{ role: "admin", system: "all" as const }] : []),
  ],
});
