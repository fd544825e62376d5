/** Does the same with many things, a few at a time, and shows the progress. */
import { isKeystoneError, KeystoneError } from "keystone-fetch";
import { oneLine } from "./cli.ts";

export interface Progress<T> {
  /** How many at once. */
  readonly parallel: number;
  /** What is done to each, as "created". */
  readonly label: string;
  /** What to call one that failed. Default: itself. */
  readonly nameOf?: (one: T) => string;
}

/**
 * One failure does not stop the others: it is reported at the end.
 *
 * @throws {KeystoneError} if any has failed.
 */
export async function forEach<T>(
  all: readonly T[],
  { parallel, label, nameOf = String }: Progress<T>,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const queue = [...all];
  const failures: string[] = [];
  let done = 0;
  const show = progressOf(all.length, label);
  show(done);
  const worker = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      try {
        await work(one);
      } catch (error) {
        if (!isKeystoneError(error)) throw error;
        failures.push(`${nameOf(one)}: ${oneLine(error.message)}`);
      }
      done += 1;
      show(done, failures.length);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  for (const failure of failures) console.error(failure);
  console.log(`${all.length - failures.length} of ${all.length} ${label}`);
  if (failures.length > 0) {
    throw new KeystoneError(`${failures.length} failed: run the same command again for the rest`);
  }
}

/** A bar in a terminal; elsewhere, as in a log, a line for each tenth. */
function progressOf(total: number, label: string): (done: number, failed?: number) => void {
  if (total === 0) return () => undefined;
  const isTerminal = Deno.stderr.isTerminal();
  const encoder = new TextEncoder();
  let told = 0;
  return (done, failed = 0) => {
    const counts = `${done}/${total} ${label}${failed > 0 ? `, ${failed} failed` : ""}`;
    if (isTerminal) {
      const full = Math.round((done / total) * 30);
      const line = `\r[${"#".repeat(full)}${" ".repeat(30 - full)}] ${counts}`;
      Deno.stderr.writeSync(encoder.encode(done === total ? `${line}\n` : line));
    } else if (Math.floor((done / total) * 10) > told) {
      told = Math.floor((done / total) * 10);
      console.error(counts);
    }
  };
}
