/** How the demo looks: plain text, with colours only in a terminal. */
import { styleText } from "node:util";
import { isKeystoneError } from "keystone-fetch";

const { stdout } = process;
/** Node itself respects NO_COLOR and what the terminal can do. */
const coloured = stdout.isTTY === true && stdout.hasColors();
const WIDTH = 92;

/** @param {Parameters<typeof styleText>[0]} format */
const style = (format) => (/** @type {string} */ text) =>
  coloured ? styleText(format, text) : text;
export const bold = style("bold");
export const dim = style("dim");
export const green = style("green");
export const red = style("red");

/** @param {string} [text] */
export const say = (text = "") => void stdout.write(`${text}\n`);

let steps = 0;

/**
 * @param {string} title
 * @param {string} code what a program writes for it
 */
export function heading(title, code) {
  steps += 1;
  say(`\n${bold(`${String(steps).padStart(2)} ${title}`.padEnd(40))} ${dim(code)}\n`);
}

/**
 * One line of a step: a name and a value.
 *
 * @param {string} name
 * @param {string} text
 */
export const line = (name, text) => say(`   ${name.padEnd(9)} ${text}`);

/**
 * The same for words that may be too many for a line.
 *
 * @param {string} name
 * @param {string} words
 */
function paragraph(name, words) {
  const lines = words.match(new RegExp(`\\S.{0,${WIDTH - 1}}(?!\\S)|\\S+`, "g")) ?? [];
  line(name, lines.join(`\n${" ".repeat(13)}`));
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i].length)));
  const draw = (/** @type {readonly string[]} */ row) =>
    `   ${row.map((cell, i) => cell.padEnd(widths[i])).join("  ")}`.trimEnd();
  say(dim(draw(head)));
  for (const row of rows) say(draw(row));
}

/**
 * Shows the error that a call ends in.
 *
 * @param {PromiseLike<unknown>} call
 */
export async function expectError(call) {
  const error = await call.then(
    () => new Error("This should have been refused."),
    (reason) => reason,
  );
  if (!isKeystoneError(error)) throw error;
  const { name, status, message, requestId } = error;
  line("error", `${bold(red(name))}${status ? `, status ${status}` : ""}`);
  paragraph("message", message);
  if (requestId) line("request", requestId);
}

/** Ids are long, and eight digits are enough to distinguish them. @param {string} text */
export const shortIds = (text) => text.replace(/([\da-f]{8})[\da-f]{24}\b/g, "$1…");

/** @param {number} ms */
export function duration(ms) {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (seconds < 60) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
