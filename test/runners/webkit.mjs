/**
 * WebKit, in WebKitGTK's MiniBrowser: the WebCore and JavaScriptCore of Safari, with another network
 * stack. It needs a display: Xvfb is one in memory.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { freePort } from "../keystone/ports.mjs";
import { runPage } from "./page.mjs";

const driver = "/usr/bin/WebKitWebDriver";
const xvfb = "/usr/bin/Xvfb";
const browser = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is dpkg-query's own language
const query = ["-W", "-f=${Version}", "libwebkit2gtk-4.1-0"];

// Some cases open tabs, without a click by a person.
const args = ["--automation", "--javascript-can-open-windows-automatically=true"];

/** @type {import("./engines.mjs").Engine} */
export default {
  name: "webkit",
  runtime: "webkit",
  missing() {
    const what = [driver, browser, xvfb].find((file) => !existsSync(file));
    return what ? { what, packages: ["webkit2gtk-driver", "xvfb"] } : undefined;
  },
  // It prints its own version only if there is a display.
  version: () =>
    /[\d.]+/.exec(spawnSync("dpkg-query", query, { encoding: "utf8" }).stdout)?.[0] ?? "?",
  run: (env, options) => runPage("webkit", env, options),
};

/** Asked for by the process that drives the browser (wtr.mjs). */
export async function launcher() {
  const { webdriverLauncher } = await import("@web/test-runner-webdriver");
  const display = spawn(
    xvfb,
    ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
    {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    },
  );
  const number = await line(/** @type {import("node:stream").Readable} */ (display.stdio[3]));
  const port = await freePort();
  const served = spawn(driver, ["--host=127.0.0.1", `--port=${port}`], {
    stdio: "ignore",
    env: { ...process.env, DISPLAY: `:${number}` },
  });
  await listening(port);

  const launcher = webdriverLauncher({
    hostname: "127.0.0.1",
    port,
    path: "/",
    logLevel: "error",
    connectionRetryCount: 0,
    capabilities: /** @type {WebdriverIO.Capabilities} */ ({
      browserName: "MiniBrowser",
      "wdio:enforceWebDriverClassic": true,
      "webkitgtk:browserOptions": { binary: browser, args },
    }),
  });
  const stop = launcher.stop.bind(launcher);
  launcher.stop = async () => {
    await stop();
    served.kill();
    display.kill();
  };
  return launcher;
}

/**
 * The first line of a stream; ending the stream earlier would end the program that writes it.
 * @param {import("node:stream").Readable} stream
 */
async function line(stream) {
  let text = "";
  for await (const part of stream) {
    text += part;
    if (text.includes("\n")) break;
  }
  return text.trim();
}

/** @param {number} port */
async function listening(port) {
  for (let tries = 0; tries < 100; tries++) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (open) return;
    await setTimeout(100);
  }
  throw new Error("WebKitWebDriver does not listen");
}
