/**
 * The cases of every file in `test/unit` and `test/cases`, gathered by `test/runners/bundle.mjs`.
 */
declare module "virtual:suite" {
  const groups: readonly import("../collect.ts").Group[];
  export default groups;
}
