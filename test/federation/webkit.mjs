/** WebKitGTK's MiniBrowser by its WebDriver, on a display in memory. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../keystone/ports.mjs";

const BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

export async function openWebKit() {
  const screen = "-displayfd 3 -screen 0 1280x1024x24 -nolisten tcp".split(" ");
  const display = spawn("/usr/bin/Xvfb", screen, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const [number] = await once(
    /** @type {import("node:stream").Readable} */ (display.stdio[3]),
    "data",
  );
  const port = await freePort();
  const driver = spawn("/usr/bin/WebKitWebDriver", ["--host=127.0.0.1", `--port=${port}`], {
    stdio: "ignore",
    env: { ...process.env, DISPLAY: `:${String(number).trim()}` },
  });
  const end = () => {
    driver.kill();
    display.kill();
  };
  try {
    return await connect(`http://127.0.0.1:${port}`, end);
  } catch (error) {
    end();
    throw error;
  }
}

/** @param {string} driver @param {() => void} end */
async function connect(driver, end) {
  /** @param {string} method @param {string} path @param {object} [body] */
  const command = async (method, path, body) => {
    const init = body && { body: JSON.stringify(body) };
    const response = await fetch(driver + path, { method, ...init });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  for (let tries = 0; tries < 100; tries++) {
    if (await command("GET", "/status").catch(() => undefined)) break;
    await sleep(100);
  }
  const { sessionId } = await command("POST", "/session", {
    capabilities: {
      alwaysMatch: {
        browserName: "MiniBrowser",
        "webkitgtk:browserOptions": { binary: BROWSER, args: ["--automation"] },
      },
    },
  });
  const session = `/session/${sessionId}`;
  return {
    window: {
      goTo: (/** @type {string} */ url) => command("POST", `${session}/url`, { url }),
      run: (/** @type {string} */ script) =>
        command("POST", `${session}/execute/sync`, {
          script: "return (0, eval)(arguments[0])",
          args: [script],
        }),
    },
    async close() {
      await command("DELETE", session).catch(() => undefined);
      end();
    },
  };
}
