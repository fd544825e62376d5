/** @typedef {(text: string) => void} Progress */

/**
 * Does some work, and reports it as soon as it takes longer than a second, then every ten seconds:
 * quick steps stay silent, slow ones never look like a hang.
 *
 * @template T
 * @param {Progress | undefined} onProgress
 * @param {string} text what is being done
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(onProgress, text, work) {
  const began = Date.now();
  let ticks = 0;
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1000);
    if (ticks === 0) onProgress?.(`${text} …`);
    else if (ticks % 10 === 0) onProgress?.(`${text} … (${seconds} s)`);
    ticks += 1;
  }, 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
