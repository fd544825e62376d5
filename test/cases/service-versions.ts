/**
 * Which address a session uses for a service and a version: the catalog's, or one that the service
 * itself names.
 */
import { assert } from "chai";
import {
  createSession,
  EndpointNotFoundError,
  KeystoneError,
  OptionsError,
  TransportError,
  UnauthorizedError,
  UntrustedOriginError,
} from "keystone-fetch";
import { type Case, type Env, isPage } from "../case.ts";
import { failure, outcome } from "../fixtures/failures.ts";
import { changing, passwordOf, sessionAt } from "../fixtures/sessions.ts";
import { type Faulty, faulty } from "../server/client.ts";

const hex = "63a0c8979d3a4aabb44c0dad4ff92650";

/** A session whose catalog has these addresses: lines of type and path below a fault server. */
function sessionWith(server: Faulty, catalog: readonly string[], project = hex) {
  const services = catalog.map((line, index) => {
    const [type = "", fault = "", path = ""] = line.split(" ");
    const endpoint = {
      id: `${index}`,
      interface: "public",
      region: null,
      url: server.at(fault) + path,
    };
    return { id: `${index}`, type, name: "", endpoints: [endpoint] };
  });
  const fetch = changing((token) => {
    token.catalog = services;
    token.project = { id: project, name: "demo", domain: { id: "default", name: "Default" } };
  });
  return sessionAt(server, { fetch });
}

/**
 * The path to which a session's look-up leads, at the fault server of that name; or the code of its
 * error.
 */
async function lookUp(env: Env, catalog: readonly string[], query: Query, project?: string) {
  const server = faulty(env, "ok");
  const session = sessionWith(server, catalog, project);
  try {
    const { url } = await session.endpoint(query);
    const [, fault = ""] = (catalog[0] ?? "").split(" ");
    return url.replace(server.at(fault), "");
  } catch (error) {
    if (error instanceof KeystoneError) return error.code;
    throw error;
  }
}

type Query = { type: string; version?: string | number };

/** A catalog, what is asked for, and the path that is found. */
const table: readonly (readonly [string, Query, string])[] = [
  // The best of the versions that match.
  ["volume versions-ranks", { type: "volume", version: "latest" }, "/v2"],
  ["volume versions-ranks", { type: "volume", version: 3 }, "/v3"],
  ["volume versions-ranks", { type: "volume", version: 4 }, "/v4"],
  ["volume versions-ranks", { type: "volume", version: 1 }, "/v1"],
  ["volume versions-ranks", { type: "volume", version: 5 }, "EndpointNotFound"],
  ["volume versions-volume /v2", { type: "volume", version: "latest" }, "/v3"],
  ["volume versions-volume /v2", { type: "volume", version: "2.latest" }, "/v2"],
  ["volume versions-volume", { type: "volume", version: "v2" }, "/v2"],
  // A catalog with another version of the service than the one that is asked for.
  ["volume versions-volume /v2", { type: "volume", version: 3 }, "/v3"],
  [`volume versions-volume /v2/${hex}`, { type: "volume", version: 3 }, `/v3/${hex}`],
  ["block-storage versions-volume /v2", { type: "volumev3" }, "/v3"],
  ["block-storage versions-volume /v3", { type: "volumev2" }, "/v2"],
  ["block-storage versions-volume", { type: "volumev3" }, "/v3"],
  ["volumev2 versions-volume /v2", { type: "volumev3" }, "EndpointNotFound"],
  // Without a version, the catalog's address is used as it is, and nothing is requested.
  ["volume versions-silent /v2", { type: "volume" }, "/v2"],
  ["volume versions-silent", { type: "volume" }, ""],
  // A service that can't be asked.
  ["volume versions-silent /v2", { type: "volume", version: "latest" }, "/v2"],
  ["volume versions-silent /v2", { type: "volume", version: 3 }, "EndpointNotFound"],
  ["volume versions-silent", { type: "volume", version: 3 }, "NotFound"],
  // A version document behind a 401.
  ["volume versions-locked", { type: "volume", version: 3 }, "/v3"],
  ["volume versions-locked /v2", { type: "volume", version: "latest" }, "/v3"],
];

/** How an address may end: its version in any case, then the project in any form. */
const projects = [hex, "63a0c897-9d3a-4aab-b44c-0dad4ff92650", "4711", "my-project"];
const versions = ["/v2", "/V2", "/v2.0", "/V2.1"];

const cases: readonly Case[] = [
  ...table.map(([catalog, query, expected]) => ({
    name: `${JSON.stringify(query)} of a catalog with ${catalog} is ${expected || "its address"}`,
    async run(env: Env) {
      assert.equal(await lookUp(env, [catalog], query), expected);
    },
  })),
  ...projects.map((project) => ({
    name: `volumev3 is never an address of v2 that ends in the project ${project}`,
    async run(env: Env) {
      for (const path of versions) {
        for (const end of ["", "/", `/${project}`, `/${project}/`, `/AUTH_${project}`]) {
          const catalog = [`block-storage versions-silent ${path}${end}`];
          for (const query of [{ type: "volumev3" }, { type: "block-storage", version: 3 }]) {
            assert.equal(
              await lookUp(env, catalog, query, project),
              "EndpointNotFound",
              path + end,
            );
          }
          const same = await lookUp(env, catalog, { type: "volumev2" }, project);
          assert.equal(same, path + end);
        }
      }
    },
  })),
  {
    name: "a protected document is first requested without, then with the token",
    async run(env) {
      const server = faulty(env, "ok");
      const session = sessionWith(server, ["volume versions-locked"]);
      await session.endpoint({ type: "volume", version: 3 });
      const asked = (await server.log()).filter(({ fault }) => fault === "versions-locked");
      assert.deepEqual(
        asked.map(({ token }) => token !== undefined),
        [false, true],
      );
    },
  },
  {
    name: "microversions that only the document above the version names are found there",
    async run(env) {
      const type = "container-infra";
      const session = sessionWith(faulty(env, "ok"), [`${type} versions-besides /v1`]);
      await session.service({ type, microversion: "1.7" });
      await session.service({ type, microversion: "latest" });
      const error = await failure(
        session.service({ type, microversion: "1.12" }),
        EndpointNotFoundError,
      );
      assert.include(error.message, "1.1 to 1.11");
    },
  },
  {
    name: "a version without microversions says so, also if nothing else can be asked",
    async run(env) {
      const type = "container-infra";
      const session = sessionWith(faulty(env, "ok"), [`${type} versions-hidden /v1`]);
      const error = await failure(
        session.service({ type, microversion: "1.7" }),
        EndpointNotFoundError,
      );
      assert.include(error.message, "no microversions");
    },
  },
  ...["catalog", "trustedOrigins"].map((by) => ({
    name: `a service's redirect to an origin of ${by} is followed with the token, to others not`,
    async run(env: Env) {
      const server = faulty(env, "ok");
      const trusted = by === "trustedOrigins" ? [env.foreign] : [];
      const fetch = changing((token) => {
        const urls = [
          server.at("redirect-foreign-307@all"),
          ...(by === "catalog" ? [env.foreign] : []),
        ];
        const endpoints = urls.map((url) => ({ id: url, interface: "public", region: null, url }));
        token.catalog = endpoints.map((one) => ({
          id: one.id,
          type: "compute",
          name: "",
          endpoints: [one],
        }));
      });
      const options = { fetch, trustedOrigins: trusted };
      const work = (await sessionAt(server, options).service("compute")).get("things").json();
      if (isPage(env)) {
        await failure(work, TransportError);
        return;
      }
      assert.deepInclude(await work, { path: "/things", token: true });
      const untrusted = sessionAt(server, {
        endpointOverrides: { compute: server.at("redirect-foreign-307@all") },
      });
      const refused = (await untrusted.service("compute")).get("things").json();
      await failure(refused, UntrustedOriginError);
      assert.lengthOf(await server.foreignLog(), 1);
    },
  })),
  ...["/v3/v3", "/v3/auth", "/v3/users"].map((path) => ({
    name: `an authUrl that ends in ${path} is a wrong address, and no wrong password`,
    async run(env: Env) {
      const authUrl = `${env.keystone}${path}`;
      const error = await outcome(
        createSession({ authUrl, auth: passwordOf(env, "demo") }).token(),
      );
      assert.instanceOf(error, KeystoneError);
      assert.notInstanceOf(error, UnauthorizedError);
      assert.notMatch((error as KeystoneError).message, /secret|credentials/);
    },
  })),
  {
    name: "an authUrl that ends in /auth/tokens is refused before anything is sent",
    run(env) {
      for (const end of ["", "/"]) {
        const authUrl = `${env.keystone}/v3/auth/tokens${end}`;
        const make = () => createSession({ authUrl, auth: passwordOf(env, "demo") });
        assert.throws(make, OptionsError, /authUrl: .*without \/auth\/tokens/);
      }
    },
  },
  {
    name: "an authUrl that is a console's page is a wrong address, not a wrong password",
    async run(env) {
      const { url } = faulty(env, "discovery-html");
      const error = await outcome(
        sessionAt(faulty(env, "discovery-html"), { authUrl: url }).token(),
      );
      assert.instanceOf(error, KeystoneError);
      assert.notInstanceOf(error, UnauthorizedError);
      assert.notMatch((error as KeystoneError).message, /secret|credentials/);
    },
  },
];

export default cases;
