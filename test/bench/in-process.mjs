/** Measures in Node and Deno; with a second argument, the processor's time. */
import process from "node:process";
import { measure } from "./measure.mjs";

const [job = "", byProcessor] = process.argv.slice(2);

function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

console.log(
  JSON.stringify(await measure(JSON.parse(job), byProcessor ? processorTime : undefined)),
);
