import { parseUrl } from "../parse-url.ts";
import type { Answer } from "./ask.ts";
import { type Diagnosis, type DiagnosisCode, diagnosis } from "./diagnosis.ts";
import { isRedirect, type Kind } from "./identify.ts";

/** What answers at an address, where Identity v3 does not. */
export function whatIsThere(kind: Kind, url: string): string {
  const words: Record<Kind, string> = {
    v2: "Only Identity v2.0 answers",
    redirect: "A redirect answers",
    unavailable: "A failing server answers",
    "web-page": "A web page answers",
    other: "No Keystone answers",
  };
  return `${words[kind]} at ${url}`;
}

const codes: Record<Kind, DiagnosisCode> = {
  v2: "v2-only",
  redirect: "redirect",
  unavailable: "unavailable",
  "web-page": "web-page",
  other: "not-keystone",
};

/** The diagnosis of an address at which no Identity v3 answers, nor anywhere near. */
export function describe(kind: Kind, url: string, answer: Answer): Diagnosis {
  const { status } = answer;
  const advice: Record<Kind, string> = {
    v2: "This SDK's core speaks v3: use keystone-fetch/v2 if it is an old Keystone or oVirt's OVN provider, or check the port if it is Neutron, whose list of versions looks the same.",
    redirect: redirected(targetOf(answer, url)),
    unavailable: `It answered ${status}: see the logs of Keystone and of the proxy in front of it.`,
    "web-page": `It answered ${status} with HTML, as a dashboard, a proxy's login or a captive portal does: use Keystone's own address, which often has the port 5000 or the path /identity.`,
    other: `It answered ${status}: check the path and the port; Keystone's address often has the port 5000 or the path /identity.`,
  };
  const message = `${whatIsThere(kind, url)}. ${advice[kind]}`;
  return diagnosis(codes[kind], message, status > 0 ? { status } : {});
}

/** The diagnosis of an Identity v3 that fails, or whose logins something else answers. */
export function describeLogin(kind: Kind, path: string, answer: Answer): Diagnosis {
  if (kind === "unavailable") return describe(kind, path, answer);
  const { status } = answer;
  const reply = status > 0 ? `${status}` : "a redirect";
  return diagnosis(
    codes[kind],
    `Keystone lists its versions, but an empty login is answered with ${reply}, not with Keystone's own refusal: a proxy or firewall in front of it must let POST to ${path} through.`,
    status > 0 ? { status } : {},
  );
}

/** Where an answer redirects to; undefined if it does not, or a page can't see it. */
export function targetOf(answer: Answer, url: string): URL | undefined {
  const location = isRedirect(answer) && answer.headers.get("Location");
  const target = location ? parseUrl(location, url) : undefined;
  return target && /^https?:$/.test(target.protocol) ? target : undefined;
}

function redirected(target: URL | undefined): string {
  const advice =
    "Use Keystone's own address: a page can't follow a redirect with a password, and no session follows one to another origin";
  // Without the query, which may hold anything.
  return target ? `${advice}. It leads to ${target.origin}${target.pathname}.` : `${advice}.`;
}
