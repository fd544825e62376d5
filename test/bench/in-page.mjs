/** Measures in a page, for who drives the browser. */
import { measure } from "./measure.mjs";

Object.assign(globalThis, { measure });
