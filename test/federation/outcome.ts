import { assert } from "chai";

/** What is thrown; it is a failure if nothing is. For unit cases, which know nothing of the package. */
export async function outcome(work: Promise<unknown> | (() => unknown)): Promise<unknown> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}
