export type { FindOptions } from "./find.ts";
export type { Listing, Records } from "./listing.ts";
export * as users from "./users.ts";
