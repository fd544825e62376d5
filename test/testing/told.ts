/** What the Keystone in memory tells of its requests, and a service for it. */
import type { TestKeystone } from "keystone-fetch/testing";

export const lines = ({ requests }: TestKeystone) =>
  requests.map(({ method, path, status }) => `${method} ${path} ${status}`);

export const logins = (keystone: TestKeystone) =>
  lines(keystone).filter((line) => line.startsWith("POST /v3/auth/tokens"));

export const nova = { type: "compute", url: "https://nova.test/v2.1/%(project_id)s" } as const;
