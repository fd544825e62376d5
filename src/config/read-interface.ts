import type { EndpointInterface } from "../catalog/endpoint-query.ts";
import { expect } from "../expect.ts";
import type { Settings } from "./settings.ts";

/** "internal", as "internalURL" in older files, or several in order of preference. */
export function readInterface(
  { list, placeOf }: Settings,
  ...names: string[]
): EndpointInterface | EndpointInterface[] | undefined {
  const wishes = list(...names).map((name) => {
    const plain = name.replace(/URL$/, "");
    expect(isInterface(plain), placeOf(...names), "public, internal or admin");
    return plain;
  });
  return wishes.length > 1 ? wishes : wishes[0];
}

function isInterface(name: string): name is EndpointInterface {
  return name === "public" || name === "internal" || name === "admin";
}
