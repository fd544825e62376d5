import type { GenericSchema, InferIssue, InferOutput, OutputDataset } from "valibot";
import { ResponseError } from "../errors.ts";

/**
 * Checks a document from a server. The error says the path and what was expected there; valibot's
 * own issues carry the input, which may hold a secret, so they stay here.
 *
 * @throws {ResponseError} if it does not fit the schema.
 */
export function read<S extends GenericSchema>(
  schema: S,
  value: unknown,
  what: string,
): InferOutput<S> {
  type Result = OutputDataset<InferOutput<S>, InferIssue<S>>;
  const { value: output, issues } = schema["~standard"].validate(value) as Result;
  if (!issues) return output;
  const [{ path, expected }] = issues;
  const at = path ? ` at ${path.map(({ key }) => key).join(".")}` : "";
  // valibot's own word for a string with something in it.
  const wanted = expected === ">=1" ? "a non-empty string" : expected;
  throw new ResponseError(`Not ${what}: expected ${wanted}${at}`);
}
