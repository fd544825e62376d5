/** Which routes the Keystone in memory has, and on how many steps it agrees with the real one. */
import type { Env } from "../case.ts";
import { stories } from "./stories.ts";
import { twinOf } from "./twin.ts";
import { tell } from "./visit.ts";

export interface Compared {
  /** Steps on which both were compared. */
  steps: number;
  /** Those on which they differ. */
  readonly different: string[];
}

/** By route, as in `GET /v3/users/{}`. */
export async function compare(env: Pick<Env, "keystone" | "accounts">) {
  const routes: Record<string, Compared> = {};
  for (const story of stories) {
    const twin = twinOf(env);
    const real = await tell(story, { root: env.keystone, fetch });
    const ours = await tell(story, { root: "http://keystone.test", fetch: twin.fetch });
    for (const [i, seen] of real.entries()) {
      const name = unnamed(seen.route).replace("HEAD ", "GET ");
      const found = routes[name] ?? { steps: 0, different: [] };
      routes[name] = found;
      found.steps++;
      if (sorted(seen) !== sorted(ours[i])) found.different.push(`${story.name}: ${seen.step}`);
    }
  }
  return routes;
}

/** Whether the Keystone in memory answers a route at all. */
export async function answers(env: Pick<Env, "accounts">, route: string): Promise<boolean> {
  const [method = "", path = ""] = route.split(" ");
  const { fetch } = twinOf(env);
  const url = `http://keystone.test${path.replaceAll(/\{\w*\}/g, "x")}`;
  const { status } = await fetch(url, { method });
  return status !== 501 && status !== 405;
}

/** A route whatever the names in its path. */
export const unnamed = (route: string): string => route.replaceAll(/\{\w+\}/g, "{}");

/** A value as text, whatever the order of its keys. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted)}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${name}:${sorted(inner)}`)}}`;
}
