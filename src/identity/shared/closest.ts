/** The known name that somebody most likely meant by a wrong one; undefined if none is near. */
export function closest(name: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  const wrong = plain(name);
  // A third of the letters may differ: more is another word.
  let least = Math.max(1, Math.floor(wrong.length / 3)) + 1;
  for (const candidate of known) {
    const steps = distance(wrong, plain(candidate));
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

/** How many letters have to be added, removed, replaced or swapped with their neighbours. */
function distance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const ways = [
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      ];
      if (swapped) ways.push(at(beforeLast, column - 2) + 1);
      current.push(Math.min(...ways));
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

const at = (numbers: readonly number[], index: number) => numbers[index] ?? Infinity;
