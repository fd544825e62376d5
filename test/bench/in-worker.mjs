/** A turn in a Worker, whose clock stands still while it computes: timed from outside. */
import { createTurns } from "./measure.mjs";

/** @type {ReturnType<typeof createTurns> | undefined} */
let turn;

export default {
  /** @param {Request} request @param {{ SERVER: string }} env */
  async fetch(request, { SERVER }) {
    turn ??= createTurns(SERVER, Date.now);
    const { searchParams } = new URL(request.url);
    await turn(searchParams.get("name") ?? "", Number(searchParams.get("times")));
    return new Response();
  },
};
