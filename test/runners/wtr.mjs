/**
 * Drives one browser with @web/test-runner, as a program of its own: page.mjs starts it, and reads
 * the records that it prints. The page posts them to this server as it goes (entries/page.ts).
 */
import { text } from "node:stream/consumers";
import { format } from "node:util";
import { startTestRunner } from "@web/test-runner";
import { rootDir } from "./project.mjs";

const [browser, file = "", port, job = ""] = process.argv.slice(2);
const { launcher } = await import(`./${browser}.mjs`);

/** Longer than any case may take: the collector ends a case, and the harness ends a silent page. */
const patience = 3_600_000;

// Standard output is only for the records: progress bars would be drawn over them.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;

/** @param {string} value JSON */
const record = (value) => write(`\u001e${value}\n`);

/**
 * What is served beside the page.
 * @type {NonNullable<import("@web/test-runner").TestRunnerConfig["middleware"]>[number]}
 */
const beside = async (context, next) => {
  if (context.path === "/job.json") {
    context.body = JSON.parse(job);
  } else if (context.path === "/record") {
    for (const line of (await text(context.req)).split("\n")) if (line) record(line);
    context.status = 204;
  } else {
    await next();
  }
};

/**
 * Not what the page's own script logs about a rejection (two lines: this one, and the error): the
 * collector reports it.
 * @param {unknown[]} args
 * @param {number} index
 * @param {unknown[][]} logs
 */
const worthSaying = (args, index, logs) =>
  ![args, logs[index - 1]].some((line) =>
    String(line?.[0]).startsWith("An error was thrown in a Promise outside"),
  );

/** @type {import("@web/test-runner").Reporter} */
const reporter = {
  onTestRunFinished({ sessions }) {
    for (const { logs, errors } of sessions) {
      for (const args of logs.filter(worthSaying)) write(`${format(...args)}\n`);
      // An error outside of a case: the page could not be loaded, or a promise was not handled.
      for (const { message, stack = "" } of errors) {
        record(
          JSON.stringify({ problem: stack.includes(message) ? stack : `${message}\n${stack}` }),
        );
      }
    }
    record(JSON.stringify({ done: true }));
  },
};

const runner = await startTestRunner({
  readCliArgs: false,
  readFileConfig: false,
  config: {
    rootDir,
    files: [file],
    hostname: "localhost",
    port: Number(port),
    concurrency: 1,
    browsers: [await launcher()],
    middleware: [beside],
    reporters: [reporter],
    testFramework: { config: { timeout: patience } },
    browserStartTimeout: 60_000,
    testsStartTimeout: 60_000,
    testsFinishTimeout: patience,
  },
});

// Closes the browser, too; by default only SIGINT would.
process.on("SIGTERM", () => runner?.stop());
