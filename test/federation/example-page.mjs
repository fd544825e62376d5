/** examples/federation/page on a server of static files. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { build } from "esbuild";
import { rootDir } from "../runners/project.mjs";

const folder = join(rootDir, "examples/federation/page");
const types = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json" };

/**
 * @param {number} port on localhost
 * @param {import("../../examples/federation/page/config.ts").Config} config
 */
export async function servePage(port, config) {
  const { outputFiles } = await build({
    entryPoints: ["main.ts", "service-worker.ts"].map((name) => join(folder, name)),
    outdir: "/",
    write: false,
    bundle: true,
    format: "esm",
    target: "es2022",
  });
  /** @type {Map<string, string | Uint8Array>} */
  const files = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  files.set("/index.html", readFileSync(join(folder, "index.html"), "utf8"));
  files.set("/config.json", JSON.stringify(config));
  /** What was posted: static hosting should never see a token. @type {string[]} */
  const posted = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = pathname === "/" ? "/index.html" : pathname;
    const file = files.get(path);
    if (request.method !== "GET") {
      posted.push(pathname);
      response.writeHead(405).end();
    } else if (file === undefined) {
      response.writeHead(404).end();
    } else {
      const type = types[/** @type {keyof typeof types} */ (extname(path))];
      response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store" }).end(file);
    }
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(undefined)));
  return {
    posted,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
