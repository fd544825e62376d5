import { editDistance } from "../../edit-distance.ts";

/** The known name that somebody most likely meant by a wrong one; undefined if none is near. */
export function closest(name: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  const wrong = plain(name);
  // A third of the letters may differ: more is another word.
  let least = Math.max(1, Math.floor(wrong.length / 3)) + 1;
  for (const candidate of known) {
    const steps = editDistance(wrong, plain(candidate));
    if (steps < least) {
      least = steps;
      nearest = candidate;
    }
  }
  return nearest;
}

/** `domainId` and `domain-id` are near `domain_id`. */
const plain = (name: string) =>
  name
    .slice(0, 50)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
