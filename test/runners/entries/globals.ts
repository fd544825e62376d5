/**
 * The globals that cases replace to watch them. A case that does so beside others would change their
 * world: here that fails at once and always, whereas the confusion would come only now and then.
 */
import { isAlone } from "../collect.ts";

const guarded: readonly (readonly [object: object, name: string])[] = [
  [globalThis, "fetch"],
  [globalThis, "setTimeout"],
  [globalThis, "clearTimeout"],
  [globalThis, "Date"],
  [Date, "now"],
  [globalThis, "Map"],
];

export function guardGlobals(): void {
  for (const [object, name] of guarded) {
    // The edge runtime's can't be guarded; the other runtimes have to suffice.
    if (!Reflect.getOwnPropertyDescriptor(object, name)?.configurable) continue;
    let value: unknown = Reflect.get(object, name);
    Object.defineProperty(object, name, {
      configurable: true,
      get: () => value,
      set(other: unknown) {
        if (!isAlone()) throw new Error(`who replaces ${name} has to be in the lane "alone"`);
        value = other;
      },
    });
  }
}
