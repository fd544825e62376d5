import { type GenericSchema, type InferOutput, safeParse } from "valibot";
import { ResponseError } from "../errors.ts";

/**
 * Checks what came from outside. The error tells the path and what was expected there; valibot's
 * own issues carry the input, which may hold a secret, so they stay here.
 *
 * @throws {ResponseError}
 */
export function read<S extends GenericSchema>(
  schema: S,
  value: unknown,
  what: string,
): InferOutput<S> {
  const { success, output, issues } = safeParse(schema, value);
  if (success) return output;
  const path = issues[0].path?.map(({ key }) => key).join(".");
  throw new ResponseError(`Not ${what}: expected ${issues[0].expected} at ${path}`);
}
