/** Serves a bundle in Vercel's edge runtime, and prints the port. Its arguments: the bundle, the job. */
import { readFileSync } from "node:fs";
import { EdgeRuntime, runServer } from "edge-runtime";

const [file = "", JOB = ""] = process.argv.slice(2);
const runtime = new EdgeRuntime({
  initialCode: readFileSync(file, "utf8"),
  extend: (context) => Object.assign(context, { JOB }),
});
const { url } = await runServer({ runtime, port: 0, host: "127.0.0.1" });
console.log(new URL(url).port);
