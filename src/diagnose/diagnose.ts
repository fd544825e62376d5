import { splitVersion } from "../catalog/api-version.ts";
import { expect, readSignal } from "../expect.ts";
import { readUrl } from "../parse-url.ts";
import { type Answer, type Ask, createAsk } from "./ask.ts";
import { checkClock } from "./check-clock.ts";
import { checkExposed, checkLogin, checkPreflights } from "./check-cors.ts";
import { describe, describeLogin, targetOf, whatIsThere } from "./describe.ts";
import { type Diagnosis, diagnosis } from "./diagnosis.ts";
import { explainFailure, explainFailureInPage, foundAt, unreached } from "./explain-failure.ts";
import type { Unreachable } from "./failure.ts";
import { findElsewhere } from "./find-elsewhere.ts";
import { identify, isHtml, isRedirect, isTroubled, jsonIn, type Kind } from "./identify.ts";
import { currentPage, type Page, watchPolicy } from "./page.ts";

/** What `diagnose()` takes beside the address. */
export interface DiagnoseOptions {
  /** Sends the requests; `globalThis.fetch` by default. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that each request may take; 10 000 by default. */
  readonly timeout?: number | undefined;
}

/** Where a diagnosis is made, and by what. */
interface Site {
  readonly ask: Ask;
  readonly url: URL;
  readonly page: Page | undefined;
  /** Whether the page's own policy was seen to block a request to the address. */
  readonly blocked: () => Promise<boolean>;
}

/**
 * Finds out why this page, or this program, can't talk to a Keystone, and says what to set where. It
 * sends no credentials and no token: a few GETs, an empty login, and in a page an empty revocation,
 * each of which a healthy Keystone refuses. What a server does is reported, never thrown.
 *
 * @throws {OptionsError} if it is not an address, or has a secret in it.
 * @see https://docs.openstack.org/api-ref/identity/v3/#api-versions
 * @example
 * const { ok, code, message, authUrl } = await diagnose("https://keystone.example:5000");
 * if (!ok) console.log(code, message, authUrl);
 */
export async function diagnose(
  authUrl: string | URL,
  options?: DiagnoseOptions,
): Promise<Diagnosis> {
  const url = readUrl("authUrl", authUrl);
  const signal = readSignal(options, ["fetch", "signal", "timeout"]);
  const { fetch, timeout = 10_000 } = options ?? {};
  expect(!fetch || typeof fetch === "function", "fetch", "a function");
  expect(Number.isFinite(timeout) && timeout > 0, "timeout", "milliseconds, more than 0");
  const ask = createAsk({ fetch, signal, timeout });
  const page = currentPage();
  if (!page) return examine({ ask, url, page, blocked: async () => false });
  const policy = watchPolicy();
  try {
    return await examine({ ask, url, page, blocked: () => policy.blocks(url.origin) });
  } finally {
    policy.stop();
  }
}

async function examine(site: Site): Promise<Diagnosis> {
  const { ask, url } = site;
  // As a session does it: a /v3 is taken at its word, anything else is asked for its versions.
  const [base, version] = splitVersion(url.href);
  const first = version?.toLowerCase() === "v3" ? `${base}/${version}` : `${base}/`;
  const { answer, failure } = await ask(first);
  if (!answer) return explain(site, first, failure);
  const { kind, v3 } = identify(answer, first);
  if (v3 !== undefined) return confirm(site, v3);
  if (kind === "unavailable") return describe(kind, first, answer);
  const found = await findElsewhere(ask, new URL(first), {
    target: targetOf(answer, first),
    // A port that speaks http does not speak https, but may complain over http.
    https: url.port === "" || answer.status === 400,
  });
  return found ? foundAt(found, whatIsThere(kind, first)) : describe(kind, first, answer);
}

async function explain(
  { ask, page, blocked }: Site,
  asked: string,
  failure: Unreachable,
): Promise<Diagnosis> {
  const url = new URL(asked);
  return page && failure === "unreachable"
    ? explainFailureInPage(ask, url, page, blocked)
    : explainFailure(ask, url, failure);
}

/** Checks that an Identity v3 that was found does what a session needs. */
async function confirm(site: Site, v3: string): Promise<Diagnosis> {
  const { ask, url, page } = site;
  const path = `${v3}/auth/tokens`;
  const { answer, failure } = await ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  const foreign = page !== undefined && page.origin !== url.origin;
  if (!answer) {
    return foreign && failure === "unreachable"
      ? checkLogin(ask, v3)
      : unreached(failure, new URL(path));
  }
  const kind = kindOfLogin(answer);
  if (kind) return describeLogin(kind, path, answer);
  const refused = foreign && ((await checkPreflights(ask, v3)) ?? checkExposed(answer.headers));
  return refused || checkClock(answer) || allWell(v3, foreign ? page : undefined);
}

/** What answers to an empty login, where it isn't Keystone with its refusal. */
function kindOfLogin(answer: Answer): Kind | undefined {
  if (isRedirect(answer)) return "redirect";
  if (isTroubled(answer)) return "unavailable";
  if (isHtml(answer)) return "web-page";
  return [404, 405, 501].includes(answer.status) || !jsonIn(answer) ? "other" : undefined;
}

function allWell(v3: string, page: Page | undefined): Diagnosis {
  if (!page) return diagnosis("ok", `A healthy Keystone answers at ${v3}.`);
  return diagnosis(
    "ok",
    `A healthy Keystone answers at ${v3}, and lets in pages from ${page.origin}. Whether they can read X-Subject-Token, only a login shows.`,
    { certain: false },
  );
}
