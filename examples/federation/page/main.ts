/** A page that signs a person in, either way, and shows the projects that they may use. */
import { createSession, type SessionOptions } from "keystone-fetch";
import { oidcAccessToken } from "keystone-fetch/federation";
import { beginCodeFlow, finishCodeFlow } from "./code-flow.ts";
import { type Config, readConfig } from "./config.ts";
import { beginWebSso, finishWebSso } from "./web-sso.ts";

const output = element("output");

async function main(): Promise<void> {
  const config = await readConfig();
  onClick("#code-flow", () => beginCodeFlow(config));
  onClick("#web-sso", () => beginWebSso(config));
  const proof = await signedIn(config);
  if (!proof) return;
  const session = createSession({ authUrl: config.authUrl, ...proof });
  const { user } = await session.token();
  const names = (await session.projects()).map(({ name }) => name).sort();
  output.textContent = `${user.name}: ${names.join(", ")}`;
}

/** How this page has just been signed in, if it has. */
async function signedIn(
  config: Config,
): Promise<Pick<SessionOptions, "auth" | "token"> | undefined> {
  const { identityProvider, protocol } = config;
  const accessToken = await finishCodeFlow(config);
  if (accessToken) {
    return { auth: oidcAccessToken({ identityProvider, protocol, accessToken }) };
  }
  const token = await finishWebSso();
  return token === undefined ? undefined : { token };
}

function onClick(selector: string, work: () => Promise<unknown>): void {
  const button = element(selector);
  button.addEventListener("click", () => attempt(work));
  button.removeAttribute("disabled");
}

async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    output.textContent = String(error);
  }
}

function element(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
}

attempt(main);
