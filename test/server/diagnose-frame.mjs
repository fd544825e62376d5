/**
 * A page of another origin than the suite's, for a frame: it diagnoses the address in its query, and
 * posts the result to the page around it. `csp=…` is its Content-Security-Policy.
 */
import { readFile } from "node:fs/promises";

/** @typedef {{ method: string, path: string, body: string, secrets: string[] }} Logged */

const bundle = new URL("../../dist/keystone-fetch.min.js", import.meta.url);

const page = `<!doctype html>
<title>Diagnosis</title>
<script type="module">
  import { diagnose } from "/keystone-fetch.min.js";
  const url = new URLSearchParams(location.search).get("url");
  const tell = (message) => parent.postMessage({ url, ...message }, "*");
  diagnose(url).then((found) => tell({ found }), (error) => tell({ error: String(error) }));
</script>
`;

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
export async function frame(request, response) {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://frames");
  if (pathname === "/keystone-fetch.min.js") {
    // A sandboxed frame has no origin, and so a different one from its script's.
    const headers = { "Content-Type": "text/javascript", "Access-Control-Allow-Origin": "*" };
    response.writeHead(200, headers).end(await readFile(bundle));
    return;
  }
  const policy = searchParams.get("csp");
  response
    .writeHead(200, {
      "Content-Type": "text/html",
      ...(policy && { "Content-Security-Policy": policy }),
    })
    .end(page);
}
