import { PasswordInput, TextInput } from "@mantine/core";
import type { Account } from "./account.ts";

/** What the form asks for: names and secrets of one kind, which stay in these fields. */
export function LoginFields({ kind, domain }: Pick<Account, "kind" | "domain">) {
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
