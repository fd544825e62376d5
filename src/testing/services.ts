import { endpointsOf, type TestService } from "./options.ts";
import { unauthorized } from "./problem.ts";
import { testToken } from "./test-token.ts";
import { tokenInUse } from "./tokens.ts";
import type { World } from "./world.ts";

/** The service below whose address a URL is; its ids may be anything. */
export function serviceAt(services: readonly TestService[], url: string): TestService | undefined {
  const target = new URL(url);
  return services.find((service) =>
    basesOf(service).some(({ origin, path }) => {
      const isBelow = `${target.pathname}/`.startsWith(`${path}/`);
      return target.origin === origin && (isBelow || isVersions(service, target));
    }),
  );
}

/** The addresses up to the first id in them. */
function basesOf(service: TestService): readonly { origin: string; path: string }[] {
  return endpointsOf(service, [""]).map(({ url }) => {
    const [fixed = ""] = url.split(/[%$]\(/);
    const { origin, pathname } = new URL(fixed);
    return { origin, path: pathname.replace(/\/$/, "") };
  });
}

/** Whether this is where a service's version document is: at its root, or at its address itself. */
function isVersions(service: TestService, { origin, pathname }: URL): boolean {
  if (!service.versions) return false;
  const path = pathname.replace(/\/$/, "");
  return path === "" || basesOf(service).some((one) => one.origin === origin && one.path === path);
}

/** A service's answer, after what keystonemiddleware does in front of it. */
export async function callService(
  world: World,
  service: TestService,
  request: Request,
): Promise<Response> {
  const { type, handler, versions } = service;
  const url = new URL(request.url);
  if (request.method === "GET" && isVersions(service, url)) return Response.json(versions);
  const token = tokenInUse(world, request.headers.get("X-Auth-Token"));
  if (!token) {
    const { body, status } = unauthorized();
    const headers = {
      // Bun's own default is another.
      "Content-Type": "application/json",
      "WWW-Authenticate": `Keystone uri="${world.root}/v3"`,
    };
    return Response.json(body, { status, headers });
  }
  if (handler) return handler(request, testToken(world, token));
  const message = `${request.method} ${url.pathname}: the service "${type}" of the test Keystone has no handler.`;
  return Response.json(
    { error: { code: 501, title: "Not Implemented", message } },
    { status: 501 },
  );
}
