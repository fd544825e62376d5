import type { Ask } from "./ask.ts";
import { type Diagnosis, diagnosis } from "./diagnosis.ts";
import type { Unreachable } from "./failure.ts";
import { byHttps, findElsewhere } from "./find-elsewhere.ts";
import type { Page } from "./page.ts";

/** What an operator should know, from what the runtime reported. */
const sentences: Record<Unreachable, (url: URL) => string> = {
  offline: ({ origin }) => `This machine has no network to reach ${origin}.`,
  dns: ({ hostname }) => `There is no host called ${hostname}: check the name, and the DNS.`,
  refused: ({ origin }) =>
    `Nothing listens at ${origin}: check the port, and that Keystone is running.`,
  tls: ({ origin }) =>
    `No TLS connection to ${origin}: its certificate is not trusted here, is expired or is another host's, or that port speaks plain http.`,
  reset: ({ origin, protocol }) =>
    `The server at ${origin} closes the connection without an answer: check the port, and whether it speaks ${protocol === "https:" ? "http rather than https" : "https rather than http"}.`,
  timeout: ({ origin }) =>
    `No answer from ${origin} in time: check the address, and whether a firewall drops the packets.`,
  unreachable: ({ origin }) =>
    `No connection to ${origin}: a wrong name or port, a certificate that is not trusted, a firewall, or Keystone is not running.`,
  blocked: ({ origin }) =>
    `This program is not allowed to connect to ${origin}: check its permissions (in Deno, --allow-net), and the port.`,
};

/** Outside of pages, what the runtime reported is nearly all there is to know. */
export async function explainFailure(ask: Ask, url: URL, failure: Unreachable): Promise<Diagnosis> {
  // A server that speaks https behaves like this when asked over http; workerd reports no more.
  if (url.protocol === "http:" && (failure === "reset" || failure === "unreachable")) {
    const found = await findElsewhere(ask, url, { https: true });
    if (found) return foundAt(found, `There is no connection to ${url.origin}`);
  }
  return unreached(failure, url);
}

/** Reports that there is no answer, and why, as far as the runtime says. */
export function unreached(failure: Unreachable, url: URL): Diagnosis {
  return diagnosis(failure, sentences[failure](url), { certain: failure !== "unreachable" });
}

/** In a page, fetch reports every failure in the same way; further requests tell them apart. */
export async function explainFailureInPage(
  ask: Ask,
  url: URL,
  page: Page,
  blocked: () => Promise<boolean>,
): Promise<Diagnosis> {
  const { origin } = url;
  if (page.origin !== origin && (await reaches(ask, url.href)))
    return originRefused(ask, url, page);
  if (await blocked()) {
    return diagnosis(
      "blocked",
      `This page's Content-Security-Policy does not let it connect to ${origin}: add ${origin} to connect-src.`,
    );
  }
  if (page.secure && url.protocol === "http:") return mixedContent(ask, url);
  if (globalThis.navigator.onLine === false) return unreached("offline", url);
  if (!page.secure && url.protocol === "https:" && (await reaches(ask, byHttp(url)))) {
    return diagnosis("tls", sentences.tls(url), { certain: false });
  }
  const found = await findElsewhere(ask, url, { https: true });
  if (found) return foundAt(found, `There is no connection to ${origin}`);
  const look = `Open ${url.href} in a tab: there the browser says which.`;
  return diagnosis("unreachable", `${sentences.unreachable(url)} ${look}`, { certain: false });
}

export function foundAt(authUrl: string, instead: string): Diagnosis {
  return diagnosis("other-path", `${instead}, but Identity v3 is at ${authUrl}: use that.`, {
    authUrl,
  });
}

/** Whether anything answers. Without CORS a page learns no more, and has to follow redirects. */
async function reaches(ask: Ask, url: string): Promise<boolean> {
  const { answer } = await ask(url, { mode: "no-cors", redirect: "follow" });
  return answer !== undefined;
}

/** The same port by http, which a server that expects TLS answers with an error, if at all. */
function byHttp(url: URL): string {
  const plain = new URL(url);
  plain.protocol = "http:";
  plain.port = url.port || "443";
  return plain.href;
}

async function originRefused(ask: Ask, url: URL, { origin }: Page): Promise<Diagnosis> {
  // Servers complain over http about an http request to an https port, without CORS headers.
  const found = await findElsewhere(ask, url, { https: true });
  if (found) return foundAt(found, `What answers at ${url.href} can't be read by this page`);
  const otherwise = `If ${url.href} shows no JSON in a tab of this browser, what answers there is not a Keystone, or not a healthy one.`;
  if (origin === "null") {
    return diagnosis(
      "cors-origin",
      `The server at ${url.origin} does not let this page read its answers, and no setting but * could name it: a file, or a sandboxed frame, has no origin. Serve the page over http(s). ${otherwise}`,
      { certain: false },
    );
  }
  return diagnosis(
    "cors-origin",
    `The server at ${url.origin} answers, but does not let pages from ${origin} read it. Add ${origin} to allowed_origin in [cors] of /etc/keystone/keystone.conf, without a slash at its end, and restart Keystone. ${otherwise}`,
    { certain: false, setting: `[cors] allowed_origin = ${origin}` },
  );
}

async function mixedContent(ask: Ask, url: URL): Promise<Diagnosis> {
  const found = await findElsewhere(ask, new URL(byHttps(url.href)));
  const message = `This page was loaded over https, so the browser blocks its requests over plain http, as to ${url.origin}`;
  return found
    ? diagnosis("mixed-content", `${message}. Use ${found}.`, { authUrl: found })
    : diagnosis("mixed-content", `${message}. Serve Keystone over https, and use that address.`);
}
