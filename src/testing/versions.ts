import { open, type Route } from "./router.ts";

const version = (root: string): object => ({
  id: "v3.14",
  status: "stable",
  updated: "2020-04-07T00:00:00Z",
  links: [{ rel: "self", href: `${root}/v3/` }],
  "media-types": [{ base: "application/json", type: "application/vnd.openstack.identity-v3+json" }],
});

export const versionRoutes: readonly Route[] = [
  open("GET", "/", ({ world: { root } }) => ({
    status: 300,
    body: { versions: { values: [version(root)] } },
    headers: { Location: `${root}/v3/` },
  })),
  open("GET", "/v3", ({ world: { root } }) => ({
    status: 200,
    body: { version: version(root) },
  })),
];
