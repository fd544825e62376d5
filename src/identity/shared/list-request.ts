import type { CallOptions } from "../../session/contract.ts";
import type { AnyFilters } from "./filters.ts";
import type { Kind } from "./kind.ts";

/** Which list to request, and how. */
export interface ListRequest<T> {
  readonly kind: Kind<T>;
  /** Where it is; a function where ids have to be looked up for it. */
  readonly path: string | (() => Promise<string>);
  readonly options: CallOptions | undefined;
  readonly query?: object | undefined;
  /** Those that the list has. */
  readonly filters?: AnyFilters;
  /** Whether the server pages it by a marker (Keystone 2025.1 and newer). */
  readonly paged?: boolean;
  /**
   * The filter by which a token for a domain asks for its own domain, since a server applies that
   * restriction only after cutting the page.
   */
  readonly own?: "domain_id" | "id";
  /** Milliseconds that each try may take at the least. */
  readonly minTimeout?: number;
  /** The names of the options that it takes besides `signal`. */
  readonly more?: readonly string[];
}

/** What is known of a list at its end. */
export interface Found {
  truncated: boolean;
  skipped: readonly unknown[];
}
