/** Serves the page on this machine, with the headers that a real server should send, too. */
import { createServer } from "node:http";
import { buildDashboard } from "./build.mjs";

/** @type {Record<string, string>} */
const types = {
  html: "text/html",
  js: "text/javascript",
  css: "text/css",
  svg: "image/svg+xml",
  json: "application/json",
};

const headers = {
  // Scripts can read the token, so only the page's own may run. Keystone and the cloud's services
  // may be anywhere; Mantine sets styles by script.
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src http: https:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-cache",
};

/**
 * @param {object} options
 * @param {string} options.keystoneUrl what the sign-in form begins with
 * @param {readonly import("./configuration.ts").Provider[]} [options.providers] who else signs people in
 * @param {number} options.port
 * @param {string} [options.host] "localhost", or another name of this machine: an origin of its own
 * @param {Map<string, string | Uint8Array>} [options.files] what buildDashboard() gave
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function serveDashboard({
  keystoneUrl,
  providers = [],
  port,
  host = "localhost",
  files,
}) {
  const configuration = JSON.stringify({ authUrl: keystoneUrl, providers });
  const built = new Map(files ?? (await buildDashboard())).set("config.json", configuration);
  const server = createServer(({ url = "/" }, response) => {
    const path = url.replace(/[?#].*/, "").slice(1) || "index.html";
    const contents = built.get(path);
    if (contents === undefined) {
      response.writeHead(404, headers).end("Not found");
      return;
    }
    const type = types[path.replace(/.*\./, "")];
    response.writeHead(200, { ...headers, "Content-Type": `${type}; charset=utf-8` });
    response.end(contents);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(undefined));
  });
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://${host}:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  };
}
