import { Hono } from "hono";

/**
 * An API for the users of a cloud, who are identified by their tokens.
 *
 * @param {import("keystone-fetch/guard").Guard} guard
 */
export function createApi(guard) {
  /** @type {Hono<{ Variables: { token: import("keystone-fetch").Token } }>} */
  const api = new Hono();

  // In front of the guard: open to everybody.
  api.get("/health", (c) => c.text("ok"));

  api.use(async (c, next) => {
    try {
      c.set("token", await guard.identify(c.req.raw));
    } catch (error) {
      return guard.challenge(error);
    }
    return next();
  });

  api.get("/me", (c) => {
    const { user, scope, roles } = c.get("token");
    return c.json({ user: user.name, project: scope.project?.name, roles: roles.map(nameOf) });
  });

  api.delete("/notes/:id", (c) => {
    // The guard finds out who the caller is; what they may do is up to the API.
    const mayDelete = c.get("token").roles.some(({ name }) => name === "admin");
    return mayDelete
      ? c.body(null, 204)
      : c.json({ error: { code: 403, title: "Forbidden" } }, 403);
  });

  return api;
}

/** @param {{ name: string }} role */
const nameOf = ({ name }) => name;
