/**
 * A place where tokens outlive a page, or are shared: strings under string keys, sync or async.
 * `keystone-fetch/stores` has one for each usual place.
 *
 * A store that throws, rejects or hangs counts as none: it never fails a request.
 *
 * @example
 * const map = new Map<string, string>();
 * const session = createSession({
 *   authUrl,
 *   auth,
 *   store: {
 *     get: (key) => map.get(key),
 *     set: (key, value) => map.set(key, value),
 *     delete: (key) => map.delete(key),
 *   },
 * });
 */
export interface TokenStore {
  /**
   * Null or undefined if there is nothing. Throws if the value could not be read, which is not
   * mistaken for a revoked token.
   */
  get(key: string): MaybePromise<string | null | undefined>;
  /**
   * `life`: milliseconds after which the value is useless. Settles only when it is done, as does
   * `delete`: a session sends one write at a time, and waits for a slow `set` before it deletes.
   */
  set(key: string, value: string, life: number): MaybePromise<unknown>;
  delete(key: string): MaybePromise<unknown>;
  /**
   * Runs `work` while nobody else who shares the store runs theirs under this key. The lock must end
   * when its holder dies; once a token is stored, all who wait may go on.
   */
  lock?<T>(key: string, work: () => Promise<T>): Promise<T>;
  /**
   * Calls back when somebody else who shares the store has changed this key; returns a function that
   * stops this.
   */
  watch?(key: string, changed: () => void): () => void;
}

type MaybePromise<T> = T | Promise<T>;
