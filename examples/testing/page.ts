/** A page whose own `fetch` goes to the test Keystone, by MSW's service worker. */
import { createSession } from "keystone-fetch";
import { createTestKeystone } from "keystone-fetch/testing";
import { http } from "msw";
import { setupWorker } from "msw/browser";

const keystone = createTestKeystone({
  services: [
    { type: "compute", url: "https://nova.test", handler: () => Response.json(["web-1"]) },
  ],
});
const answer = ({ request }: { request: Request }) => keystone.fetch(request);
await setupWorker(
  http.all("http://keystone.test/*", answer),
  http.all("https://nova.test/*", answer),
).start({ quiet: true });

const { fetch: _, ...options } = keystone.options;
const session = createSession(options);
const compute = await session.service("compute");
document.title = `${await compute.get("servers").json()}`;
