import { expect } from "../expect.ts";
import { httpOrigin, readUrl } from "../parse-url.ts";
import { projectOf, type Token } from "../token.ts";

/** `%(project_id)s`, or `$(project_id)s` as older catalogs have it. */
const template = /[%$]\((\w+)\)s/g;

/** Whether an override has to be filled in from a token. */
export function isTemplate(override: string): boolean {
  return override.search(template) >= 0;
}

/** Reads an override: an address whose path may have placeholders that are filled in from a token. */
export function readOverride(option: string, value: unknown): string {
  const text = value instanceof URL ? value.href : value;
  if (typeof text !== "string" || !isTemplate(text)) return readUrl(option, value).href;
  for (const [, name = ""] of text.matchAll(template)) {
    expect(names.includes(name), option, `one of %(${names.join(")s, %(")})s, not %(${name})s`);
  }
  const filled = text.replace(template, "x");
  // A placeholder in the host could send the token anywhere.
  const hasPlainOrigin = readUrl(option, filled).origin === originBefore(text);
  expect(hasPlainOrigin, option, "placeholders in the path only");
  return text;
}

/** The origin of the part before the first placeholder, if that is an address. */
function originBefore(text: string): string | undefined {
  return httpOrigin(text.slice(0, text.search(template)));
}

const names = [
  "project_id",
  "tenant_id",
  "project_name",
  "tenant_name",
  "user_id",
  "user_name",
  "domain_id",
];

/**
 * Fills in an override.
 *
 * @throws {OptionsError} if the token lacks what is to be filled in, as an unscoped one lacks a
 * project.
 */
export function fillOverride(option: string, override: string, token: Token): string {
  const { user, scope } = token;
  const project = projectOf(token);
  const values: Readonly<Record<string, string | undefined>> = {
    project_id: project?.id,
    tenant_id: project?.id,
    project_name: project?.name,
    tenant_name: project?.name,
    user_id: user.id,
    user_name: user.name,
    domain_id: scope.domain?.id,
  };
  return override.replace(template, (_, name: string) => {
    const value = values[name];
    expect(value, option, `a token with a ${name}, to fill in %(${name})s`);
    return encodeURIComponent(value);
  });
}
