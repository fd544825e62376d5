/**
 * The control server: it reports which requests reached which server, and plays Keystones with every
 * kind of fault.
 *
 *     GET /requests             what reached the real Keystone and Placement so far
 *     GET /log/<tag>            what reached this server under a tag
 *     GET /log/foreign/<tag>    what reached the second origin under a tag
 *     /keystone/…               what reached the Keystone of short tokens, and its troubles
 *                               (keystone-control.mjs)
 *     /<fault>/<tag>/…          a Keystone, or a service, with that fault (answer.mjs)
 *
 * A tag is any unique string: each case takes its own, and so counts its own requests only.
 *
 * It has several equivalent origins: a browser opens at most six connections to one, and those that a
 * fault leaves hanging would keep other cases waiting.
 */
import { createServer } from "node:http";
import { answer } from "./answer.mjs";
import { preflightHeaders } from "./cors.mjs";
import { keystoneControl } from "./keystone-control.mjs";
import { html, json, send } from "./reply.mjs";
import { createTags } from "./tags.mjs";

/** How many origins it has: as many as cases run at the same time. */
const origins = 8;

/**
 * @param {object} options
 * @param {() => readonly string[] | undefined} options.requests
 * @param {import("./keystone-control.mjs").Troubled} [options.shortLived]
 */
export async function startControl({ requests, shortLived }) {
  const trouble = keystoneControl(shortLived);
  const own = createTags();
  const foreign = createTags();
  const servers = Array.from({ length: origins + 1 }, () => createServer());
  const [foreignUrl = "", ...urls] = await Promise.all(servers.map(listen));
  const [url = ""] = urls;

  /** @param {string} path @param {string} [method] */
  const tell = (path, method) => {
    const [, first, second = "", third = ""] = path.split("/");
    if (first === "keystone") return trouble(`${method} ${path}`);
    if (first === "requests") return json(200, requests() ?? null);
    return json(200, second === "foreign" ? foreign(third).log : own(second).log);
  };

  for (const [index, server] of servers.entries()) {
    const tags = index === 0 ? foreign : own;
    server.on("request", async (request, response) => {
      if (request.method === "OPTIONS") {
        // Preflights are not logged: whether a browser sends one depends on what it remembers.
        const headers = { ...preflightHeaders(request.headers), Connection: "close" };
        response.writeHead(200, headers).end();
        return;
      }
      const path = request.url ?? "/";
      const body = await text(request);
      const about = index > 0 && /^\/(requests|log|keystone)\b/.test(path);
      const reply = about
        ? await tell(path, request.method)
        : answered({ request, body, tags, foreign: index === 0 ? url : foreignUrl });
      await send(reply, request, response);
    });
    // Some cases are about clients that go away in the middle of a request.
    server.on("clientError", (_, socket) => socket.destroy());
  }

  return { url, urls, foreignUrl, stop: () => Promise.all(servers.map(close)) };
}

/** @param {Parameters<typeof answer>[0]} call */
function answered(call) {
  try {
    return answer(call);
  } catch (error) {
    return html(500, `The fault server itself failed: ${error}`);
  }
}

/** @param {import("node:http").IncomingMessage} request */
async function text(request) {
  const chunks = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    // The client went away: what arrived until then is logged.
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** @param {import("node:http").Server} server @returns {Promise<string>} its origin */
function listen(server) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}

/** @param {import("node:http").Server} server */
function close(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections(); // even those that a fault left hanging
  });
}
