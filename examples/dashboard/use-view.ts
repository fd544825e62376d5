import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

/** Which view the address names, as in `#/catalog`: links and the Back button work as anywhere. */
export function useView(): string {
  return useSyncExternalStore(subscribe, () => location.hash.slice(2)) || "overview";
}
