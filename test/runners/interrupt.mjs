/** Ctrl-C, and the signal that CI sends when its time is up. */

let interrupted = false;

/** @type {readonly (readonly [NodeJS.Signals, number])[]} */
const signals = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
];

/**
 * @param {() => Promise<void>} stopEverything
 * @param {(line: string) => void} say
 */
export function stopWhenInterrupted(stopEverything, say) {
  for (const [name, code] of signals) {
    process.once(name, async () => {
      interrupted = true;
      say(`\n${name}: stopping …`);
      await stopEverything();
      process.exit(code);
    });
  }
}

/** Never resolves once somebody has interrupted the run: whatever was stopped looks like a failure. */
export async function unlessInterrupted() {
  if (interrupted) await new Promise(() => {});
}
