/** The dashboard of examples/dashboard, in a browser, against the real Keystone. */
import { playAll } from "../dashboard/play.mjs";

/** @type {import("../runners/gates.mjs").Gate} */
export default (context) => playAll(context);
