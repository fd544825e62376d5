/** What the witness of every engine has reported, see entries/witness.ts. */

/**
 * @param {string} control the control server's address
 * @returns {Promise<import("./entries/witness.ts").Testimony[]>}
 */
export async function readTestimonies(control) {
  /** @type {{ body: string }[]} */
  const batches = await (await fetch(`${control}/log/witness`)).json();
  return batches.flatMap(({ body }) => JSON.parse(body));
}
