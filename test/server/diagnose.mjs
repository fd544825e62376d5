/**
 * Servers for `diagnose()`: one for each condition that it tells apart, on a port of its own, since
 * what is at the root of the origin is part of the condition.
 *
 *     GET /log      on each: what reached it so far, whatever the condition
 *     GET /frame    on `frames`: a page of that origin, see diagnose-frame.mjs
 */
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { preflightHeaders } from "./cors.mjs";
import { certificate } from "./diagnose-certificate.mjs";
import { conditions } from "./diagnose-conditions.mjs";
import { frame } from "./diagnose-frame.mjs";
import { json, send } from "./reply.mjs";
import { createTags } from "./tags.mjs";

/** @typedef {import("./diagnose-conditions.mjs").Condition} Condition */
/** @typedef {import("./diagnose-frame.mjs").Logged} Logged */

/** Starts them all. @returns {Promise<{ urls: Record<string, string>, stop(): Promise<unknown> }>} */
export async function startDiagnose() {
  const names = Object.keys(conditions);
  const tls = createTlsServer(await certificate());
  const servers = [...names.map(() => createServer()), tls, createServer()];
  const ports = await Promise.all(servers.map(listen));
  const [framesPort, tlsPort] = [ports.at(-1), ports.at(-2)];
  /** @type {Record<string, string>} */
  const urls = {
    ...Object.fromEntries(names.map((name, i) => [name, `http://127.0.0.1:${ports[i]}`])),
    tls: `https://127.0.0.1:${tlsPort}`,
    frames: `http://127.0.0.1:${framesPort}`,
  };
  for (const [i, name] of names.entries()) play(servers[i], conditions[name] ?? {}, urls);
  play(tls, {}, urls);
  servers.at(-1)?.on("request", frame);
  return { urls, stop: () => Promise.all(servers.map(close)) };
}

/**
 * @param {import("node:http").Server | undefined} server
 * @param {Condition} condition
 * @param {Record<string, string>} urls of all of them
 */
function play(server, condition, urls) {
  const tags = createTags();
  /** @type {Logged[]} */
  const log = [];
  server?.on("clientError", (_, socket) => socket.destroy());
  server?.on("request", async (request, response) => {
    const { method = "GET", url = "/", headers } = request;
    if (url === "/log") return send(json(200, log), request, response);
    if (method === "OPTIONS") {
      // Preflights are up to the browser, and not logged.
      const allowed = condition.preflight ?? preflightHeaders;
      response.writeHead(200, { ...allowed(headers), Connection: "close" }).end();
      return;
    }
    const body = await text(request);
    const { authorization, cookie } = headers;
    const secrets = [headers["x-auth-token"], headers["x-subject-token"], authorization, cookie];
    log.push({ method, path: url, body, secrets: secrets.filter(Boolean).map(String) });
    const origin = `http://${headers.host}`;
    const { pathname: path, search } = new URL(url, origin);
    const call = { method, path, search, headers, body, fault: "", tag: "" };
    const state = tags("");
    const foreign = urls.healthy ?? "";
    const reply = condition.answer ?? conditions.healthy?.answer;
    await send(
      /** @type {import("./reply.mjs").Reply} */ (
        reply?.({ ...call, state, origin, foreign, root: origin })
      ),
      request,
      response,
    );
  });
}

/** @param {import("node:http").IncomingMessage} request */
async function text(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** @param {import("node:net").Server} server @returns {Promise<number>} its port */
function listen(server) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      resolve(/** @type {import("node:net").AddressInfo} */ (server.address()).port);
    });
  });
}

/** @param {import("node:http").Server} server */
function close(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections(); // also those that are left hanging
  });
}
