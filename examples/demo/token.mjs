/** Steps of the walk: from the versions to the catalog, and the end. */
import { checkToken, discover, regions, serviceTypes } from "keystone-fetch";
import { bold, dim, duration, heading, line, say, shortIds, table } from "./print.mjs";

/** @typedef {import("keystone-fetch").Session} Session */
/** @typedef {import("keystone-fetch").Token} Token */

/** @param {string} authUrl */
export async function showVersions(authUrl) {
  heading("Which versions are there?", "discover(authUrl)");
  for (const { id, status, url } of await discover(authUrl)) line(id, `${status}, at ${url}`);
}

/** @param {Session} session */
export async function logIn(session) {
  heading("Log in with a password", "session.authenticate()");
  const token = await session.authenticate();
  const { user, methods, issuedAt, expiresAt } = token;
  line("user", `${bold(user.name)} of ${user.domain.name}`);
  line("scope", scopeOf(token));
  line("roles", rolesOf(token));
  line("methods", methods.join(", "));
  line("issued", utc(issuedAt));
  line("expires", `${utc(expiresAt)}, ${duration(expiresAt.getTime() - Date.now())} left`);
  line("id", dim("not shown: it is a secret, which no log and no JSON of a token holds"));
  return token;
}

/** @param {Token} token */
export function showCatalog({ catalog }) {
  heading("What is in this cloud?", "token.catalog");
  const rows = [...catalog]
    .sort((a, b) => a.type.localeCompare(b.type))
    .flatMap(({ type, name, endpoints }) =>
      endpoints
        .filter((endpoint) => endpoint.interface === "public")
        .sort((a, b) => `${a.region}`.localeCompare(`${b.region}`))
        .map(({ region, url }, i) => [
          i === 0 ? type : "",
          i === 0 ? name : "",
          region ?? "-",
          shortIds(url),
        ]),
    );
  table(["type", "name", "region", "public URL"], rows);
  const places = regions(catalog).join(" and ");
  say(dim(`\n   ${serviceTypes(catalog).length} services in ${places}`));
}

/**
 * @param {Session} session
 * @param {Session} admin
 */
export async function signOut(session, admin) {
  heading("Sign out", "session.revoke(), checkToken(admin, id)");
  const { id } = await session.token();
  const isGood = async () => ((await checkToken(admin, id)) ? "good" : "no longer good");
  line("token", `${await isGood()}, Keystone tells the administrator`);
  await session.revoke();
  line("token", `${await isGood()}`);
}

/** @param {Token} token */
export function scopeOf({ scope }) {
  if (typeof scope === "string") return scope;
  const [[kind, { name, domain }]] = Object.entries(scope);
  return `${kind} ${bold(name)}${domain ? ` of ${domain.name}` : ""}`;
}

/** @param {Token} token */
export const rolesOf = ({ roles }) =>
  roles
    .map(({ name }) => name)
    .sort()
    .join(", ");

/** @param {Date} date */
const utc = (date) => `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
