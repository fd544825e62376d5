import type { GenericSchema } from "valibot";

/** What the API calls a thing, and what it must look like. */
export interface Kind<T> {
  /** The envelope of one, as in `{ "user": … }`. */
  readonly one: string;
  /** The envelope of many, as in `{ "users": […] }`. */
  readonly many: string;
  readonly schema: GenericSchema<unknown, T>;
}
