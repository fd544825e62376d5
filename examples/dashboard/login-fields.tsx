import { PasswordInput, TextInput } from "@mantine/core";
import type { Account } from "./account.ts";

/** The kinds of login that take typing, unlike those at a provider. */
export type Typed = Exclude<Account["kind"], "webSso">;

interface Props {
  readonly kind: Typed;
  readonly domain: string;
}

/** What the form asks for: names and secrets of one kind, which stay in these fields. */
export function LoginFields({ kind, domain }: Props) {
  return kind === "password" ? (
    <>
      <TextInput key="domain" name="domain" label="Domain" defaultValue={domain} required />
      <TextInput key="user" name="user" label="User" autoComplete="username" required autoFocus />
      <PasswordInput
        key="password"
        name="secret"
        label="Password"
        autoComplete="current-password"
        required
      />
    </>
  ) : (
    <>
      <TextInput key="id" name="id" label="ID" autoComplete="off" spellCheck={false} required />
      <PasswordInput key="secret" name="secret" label="Secret" autoComplete="off" required />
    </>
  );
}
