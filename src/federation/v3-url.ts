import { splitVersion } from "../catalog/api-version.ts";
import { expect } from "../expect.ts";
import { readUrl } from "../parse-url.ts";

/** Keystone's v3 address, without a slash at its end, from one that may lack the version. */
export function v3Url(authUrl: unknown, option: string): string {
  const [base, version = "v3"] = splitVersion(readUrl(option, authUrl).href);
  expect(/^v3$/i.test(version), option, "an address of Identity v3");
  return `${base}/${version}`;
}
