/** The suite as a list, for the harness itself: which cases there are, and what they need. */
export { default as groups } from "virtual:suite";
export { choose } from "../collect.ts";
