/** A trivial Keystone with a trivial Nova: it answers at once, and counts. */
import { once } from "node:events";
import { createServer } from "node:http";
import { tokenId, tokenText } from "./documents.mjs";

const servers = JSON.stringify({ servers: [{ id: "1", name: "web-1", status: "ACTIVE" }] });

/** @param {string} script the page's */
export async function startServer(script = "") {
  /** @type {string[]} */
  const requests = [];
  const server = createServer(({ method = "", url: path = "" }, response) => {
    requests.push(`${method} ${path}`);
    const isPage = path === "/";
    response.setHeader("Content-Type", isPage ? "text/html" : "application/json");
    if (method === "POST") response.writeHead(201, { "X-Subject-Token": tokenId });
    response.end(isPage ? `<script type="module">${script}</script>` : answer(method, path));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}`;

  /** @param {string} method @param {string} path */
  function answer(method, path) {
    if (method === "POST") return tokenText(30, (type) => `${url}/${type}/v2.1`);
    if (path.includes("/servers")) return servers;
    // Python's clients ask for the versions first.
    const id = path.startsWith("/v3") ? "v3.14" : "v2.1";
    const links = [{ rel: "self", href: url + path }];
    return JSON.stringify({
      version: { id, status: "CURRENT", links, version: "2.90", min_version: "2.1" },
    });
  }

  return {
    url,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
