/** What an engine need not run that stands beside another of its kind. */
import { basename } from "node:path";

/**
 * Without the Identity API's hundreds of functions and the Keystone in memory: they do the same in every
 * runtime, and the seven main engines run them all. Times in records depend on the time zone.
 * @param {readonly string[]} files
 */
export const withoutFunctions = (files) =>
  files.filter((file) => !/^(identity-(?!records)|testing-)/.test(basename(file)));
