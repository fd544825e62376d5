/** What the page's address names: a view and a scope, as in `#/catalog?project=ID`. */
import { useMemo, useSyncExternalStore } from "react";

export interface Address {
  readonly view: string;
  /** A choice's key, such as `"project:ID"` or `"system:all"`. */
  readonly scope?: string | undefined;
}

/** With this, links can be shared, and the Back button works as usual. */
export function useAddress(): Address {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => parse(hash), [hash]);
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

export const readAddress = (): Address => parse(location.hash);

function parse(hash: string): Address {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [kind, id] = [...new URLSearchParams(query)][0] ?? [];
  return { view: path || "overview", scope: kind && id ? `${kind}:${id}` : undefined };
}

export function hrefOf({ view, scope }: Address): string {
  if (!scope) return `#/${view}`;
  const [kind = "", ...id] = scope.split(":");
  return `#/${view}?${new URLSearchParams({ [kind]: id.join(":") })}`;
}

/** Goes there, with a step in the browser's history. */
export function goTo(address: Address): void {
  location.hash = hrefOf(address);
}

/** Corrects the address, without a step in the history. */
export function replaceAddress(address: Address): void {
  const href = hrefOf(address);
  if (href === location.hash) return;
  history.replaceState(null, "", href);
  // Browsers report only links and the Back button.
  dispatchEvent(new Event("hashchange"));
}
