import type { KyInstance } from "ky";
import {
  type ApiVersion,
  bestVersion,
  projectSuffix,
  satisfies,
  splitVersion,
} from "../catalog/api-version.ts";
import { highestMicroversion, microversionHeaders, negotiate } from "../catalog/microversion.ts";
import { ResponseError, UnauthorizedError } from "../errors.ts";
import { httpOrigin } from "../parse-url.ts";
import { createSingleFlight, type SingleFlight } from "../single-flight.ts";
import { projectOf, type Token } from "../token.ts";
import { type AskOptions, askVersions, findVersion } from "../transport/discover.ts";
import type { IsTrusted } from "./trusted-origins.ts";

/** Asks a service for its versions: without a token first, and with it if the service requires one. */
export interface ServiceVersions {
  /** The address of the best version that matches, below the one that the catalog has. */
  readonly find: (
    url: string,
    wanted: string | number,
    token: Token,
    signal?: AbortSignal,
  ) => Promise<string>;
  /** The microversion to send to the version at this address. */
  readonly negotiate: (
    url: string,
    wanted: string,
    type: string,
    token: Token,
    signal?: AbortSignal,
  ) => Promise<string>;
}

/**
 * @param anonymous asks without a token
 * @param authorized asks with the session's token
 */
export function createServiceVersions(
  anonymous: KyInstance,
  authorized: KyInstance,
  isTrusted: IsTrusted,
): ServiceVersions {
  /** What was found once holds for the session. */
  const known = new Map<string, string>();
  const flights = new Map<string, SingleFlight<string>>();

  /** Those who ask for the same at the same time share one question. */
  async function once(
    key: string,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<string>,
  ): Promise<string> {
    const found = known.get(key);
    if (found !== undefined) return found;
    const flight = flights.get(key) ?? createSingleFlight(work);
    flights.set(key, flight);
    const answer = await flight.join(signal);
    known.set(key, answer);
    return answer;
  }

  async function ask<T>(
    url: string,
    token: Token,
    signal: AbortSignal | undefined,
    work: (client: KyInstance, options: AskOptions) => Promise<T>,
  ): Promise<T> {
    const options = { signal, projectId: projectOf(token)?.id };
    try {
      return await work(anonymous, options);
    } catch (error) {
      const origin = httpOrigin(url);
      const mayHaveToken = origin !== undefined && isTrusted(token, origin);
      if (!(error instanceof UnauthorizedError) || !mayHaveToken) throw error;
      return work(authorized, options);
    }
  }

  return {
    find: (url, wanted, token, caller) =>
      once(`version ${url} ${wanted}`, caller, async (signal) => {
        const projectId = projectOf(token)?.id;
        const [base] = splitVersion(url, projectId);
        const found = await ask(url, token, signal, (client, options) =>
          // At the catalog's own address, unless that is one version of several.
          findVersion(client, base === url ? url : `${base}/`, wanted, options),
        );
        return found.url + projectSuffix(url, projectId);
      }),
    negotiate: (url, wanted, type, token, caller) =>
      once(`microversion ${url} ${wanted}`, caller, async (signal) => {
        const [base, version] = splitVersion(url, projectOf(token)?.id);
        const read = async (address: string, headers?: Record<string, string>) => {
          const versions = await ask(url, token, signal, (client, options) =>
            askVersions(client, address, { ...options, headers }),
          );
          return version === undefined
            ? bestVersion(versions, "latest")
            : versions.find(({ id }) => satisfies(id, version));
        };
        const readIfThere = (address: string, headers?: Record<string, string>) =>
          read(address, headers).catch(() => signal.throwIfAborted());
        const root = `${base}/`;
        const address = version === undefined ? root : `${root}${version}/`;
        const first = read(address);
        let found = await (version === undefined ? first : first.catch(() => undefined));
        // Magnum and others name their microversions only beside the version, not in its own document.
        if (version !== undefined && !hasMicroversions(found)) {
          found = (await readIfThere(root)) ?? found ?? (await first);
        }
        // Barbican tells them only to those who send one.
        if (!hasMicroversions(found)) {
          found = (await readIfThere(address, microversionHeaders(type, wanted))) ?? found;
        }
        if (!found) {
          throw new ResponseError(
            `${address}: expected a version document with ${version ?? "a version"}`,
          );
        }
        return negotiate(found, wanted, type);
      }),
  };
}

function hasMicroversions(version: ApiVersion | undefined): boolean {
  return version !== undefined && highestMicroversion(version) !== "";
}
