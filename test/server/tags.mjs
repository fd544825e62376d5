/** What a server remembers of each tag: its requests, and the tokens that its fake Keystone issued. */

/**
 * @typedef {object} Logged a request, as `GET /log/<tag>` tells of it
 * @property {string} method
 * @property {string} path with its query, below `/<fault>/<tag>`
 * @property {string} fault
 * @property {readonly string[]} headers the names of its headers, in lower case
 * @property {string} [token] the X-Auth-Token, if there was one
 * @property {string} body
 * @property {number} length of the body, in bytes
 */

/**
 * @typedef {object} Tag
 * @property {Logged[]} log
 * @property {Map<string, { token: object, expiresAt: number }>} tokens those that are valid, by id
 * @property {number} logins
 * @property {Map<string, number>} faulted how often each fault has struck
 * @property {string | undefined} refused the token that service-401-once refuses
 */

/** @typedef {(name: string) => Tag} Tags */

/** @returns {Tags} */
export function createTags() {
  /** @type {Map<string, Tag>} */
  const tags = new Map();
  return (name) => {
    const tag = tags.get(name) ?? {
      log: [],
      tokens: new Map(),
      logins: 0,
      faulted: new Map(),
      refused: undefined,
    };
    tags.set(name, tag);
    return tag;
  };
}
