import type { Env } from "./env.ts";
import { receive, signIn } from "./person.ts";
import { openSession } from "./robot.ts";

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url);
    switch (`${request.method} ${pathname}`) {
      case "GET /robot": {
        const { user, roles } = await openSession(env).token();
        return Response.json({ user: user.name, roles: roles.map(({ name }) => name) });
      }
      case "GET /sign-in":
        return signIn(request, env);
      case "POST /auth/websso":
        return receive(request, env);
      default:
        return new Response("GET /robot, GET /sign-in", { status: 404 });
    }
  },
};
