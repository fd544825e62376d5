/** Whatever is configured: options that make a session, or an OptionsError without any secret. */
import { assert } from "chai";
import fc from "fast-check";
import { fromClouds, fromEnv } from "../../src/config/index.ts";
import { OptionsError } from "../../src/errors.ts";
import type { SessionOptions } from "../../src/session/options.ts";
import { createSession } from "../../src/session/session.ts";
import type { Case } from "../case.ts";
import { anything, holds, json, mutated } from "../model/fuzz.ts";

const envs = [
  { OS_AUTH_URL: "https://cloud.example/v3", OS_USERNAME: "demo", OS_PASSWORD: "s3cret" },
  {
    OS_AUTH_URL: "https://cloud.example",
    OS_AUTH_TYPE: "v3applicationcredential",
    OS_APPLICATION_CREDENTIAL_ID: "c0",
    OS_APPLICATION_CREDENTIAL_SECRET: "s3cret",
    OS_INTERFACE: "publicURL",
    OS_REGION_NAME: "RegionOne",
  },
  {
    OS_AUTH_URL: "https://cloud.example",
    OS_TOKEN: "s3cret",
    OS_PROJECT_NAME: "web",
    OS_IMAGE_ENDPOINT_OVERRIDE: "https://glance.example",
  },
];

const auth = { auth_url: "https://cloud.example/v3", username: "demo", password: "s3cret" };
const clouds = [
  { clouds: { mine: { auth, region_name: "RegionOne", interface: "public" } } },
  {
    clouds: {
      mine: {
        auth: { ...auth, project_name: "web" },
        regions: ["RegionOne", { name: "RegionTwo", values: { interface: ["internal"] } }],
        compute_endpoint_override: "https://nova.example",
      },
    },
  },
];

/** Where a user looks: a variable, a path, or an option of these functions. */
const places = /^OptionsError: (OS_|clouds|public-clouds\.|env:|name:|region:)/;

function settled(work: () => SessionOptions): void {
  let options: SessionOptions;
  try {
    options = work();
  } catch (error) {
    if (!(error instanceof OptionsError)) throw new Error(`thrown: ${error}`, { cause: error });
    assert.match(`${error}`, places);
    assert.notInclude(`${error.stack}${JSON.stringify(error)}`, "s3cret");
    return;
  }
  // What was accepted is what a session takes.
  assert.equal(createSession(options).state.status, "unauthenticated");
}

const given = (documents: readonly unknown[]) => fc.oneof(mutated(documents), json, anything);

const cases: readonly Case[] = [
  {
    name: "variables",
    run: () => holds(given(envs), (env) => settled(() => fromEnv(env as object))),
  },
  {
    name: "variables, with somebody who hears of those that are ignored",
    run: () =>
      holds(given(envs), (env) =>
        settled(() =>
          fromEnv(env as object, {
            ignored: (setting) => assert.notInclude(JSON.stringify(setting), "s3cret"),
          }),
        ),
      ),
  },
  {
    name: "a clouds.yaml",
    run: () => holds(given(clouds), (parsed) => settled(() => fromClouds(parsed, "mine"))),
  },
  {
    name: "a secure.yaml",
    run: () =>
      holds(given(clouds), (secure) =>
        settled(() => fromClouds(clouds[0], "mine", { secure, profiles: secure })),
      ),
  },
];

export default cases;
