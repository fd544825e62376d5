/**
 * What mutants.mjs breaks, by what the source then forgets: the file, what stands there, and what stands
 * there instead. The model has only one user: what keeps two apart is tested by one-user.ts.
 * @type {Record<string, [file: string, from: string, to: string]>}
 */
export const mutants = {
  "whose token was rejected": [
    "session/transition.ts",
    "if (!isLive(state) || state.token.id !== event.token.id) return state;",
    "if (!isLive(state)) return state;",
  ],
  "that nothing changed": [
    "session/transition.ts",
    'return state.status === "unauthenticated" ? state : {',
    "return {",
  ],
  "that a renewal is under way": ["single-flight.ts", "current ??= begin();", "current = begin();"],
  "whose turn it is": [
    "session/queue.ts",
    "const result = last.then(() => {",
    "const result = Promise.resolve().then(() => {",
  ],
  "that it was sent again already": [
    "session/authorized-fetch.ts",
    "discard(response);\n    return sendWith(next, 1);",
    `let again = await sendWith(next, 1);
    for (let i = 0; i < 3 && again.status === 401; i++) {
      again = await sendWith(await tokens.token(signal), 1);
    }
    return again;`,
  ],
  "that the token is dead": ["session/authorized-fetch.ts", "    tokens.reject(token);\n", ""],
  "what a 403 is": ["session/authorized-fetch.ts", "response.status === 401 ||", "!response.ok ||"],
  "that a stream is read once": [
    "session/authorized-fetch.ts",
    "    if (request.once) {",
    "    if (!request.once) {",
  ],
  "to hide a token": [
    "transport/guarded-fetch.ts",
    'const where = next.isHidden ? "[redacted]" : target.origin;',
    'const where = request.headers.get("X-Auth-Token");',
  ],
  "to hide a password": ["secrets-of.ts", "collectFromText(textOfBody(body), values)", "true"],
  "to hide what ky knows": [
    "transport/failure.ts",
    "if (!(error instanceof HTTPError)) return error;",
    "return error;",
  ],
  "to look at the clock in time": [
    "session/current-state.ts",
    "now() < state.endsAt.getTime()",
    "now() <= state.endsAt.getTime() + 5",
  ],
  "to look at the clock at all": [
    "session/current-state.ts",
    "      expireInTime(atOnce);\n      return isLive",
    "      return isLive",
  ],
  "the margin": [
    "session/stored-token.ts",
    " - Math.min(marginSeconds * 1000, lengthOf(token) / 10)",
    "",
  ],
  "that clocks err": [
    "session/stored-token.ts",
    "return Math.floor(receivedAt + life",
    "return Math.floor(token.expiresAt.getTime()",
  ],
  "that nobody is subscribed": [
    "session/current-state.ts",
    "if (listeners.size === 0 || !isLive(state)) return;",
    "if (!isLive(state)) return;",
  ],
  "to set the timer again": [
    "session/current-state.ts",
    "      expireInTime(atOnce);\n      schedule();\n",
    "      expireInTime(atOnce);\n",
  ],
  "to heed an abort": [
    "unless-aborted.ts",
    '    else signal.addEventListener("abort", leave);',
    "",
  ],
  "whose abort it is": [
    "transport/guarded-fetch.ts",
    "if (request.signal?.aborted) return request.signal.reason;",
    "",
  ],
  "the others who wait": ["single-flight.ts", "        if (flight.waiting > 0) return;\n", ""],
  "a listener": [
    "session/current-state.ts",
    "of [...listeners]) call",
    "of [...listeners].slice(1)) call",
  ],
  "when a listener is called": ["session/current-state.ts", "if (state === before) return;", ""],
  "what became of a revoke": [
    "session/revoke.ts",
    "if (isKeystoneError(error)) tokens.signOut(error);",
    "",
  ],
  "to forget": [
    "session/tokens.ts",
    "      signOut();\n      if (token) rejected",
    "      if (token) rejected",
  ],
  "that stored tokens end": ["session/tokens.ts", " && now() < endOf(held, expiryMargin)", ""],
  "that a stored token is dead": ["session/tokens.ts", " && !rejected.has(held.token)", ""],
  "who comes while the store is written": ["session/tokens.ts", "    flight.close();\n", ""],
  "that credentials were refused": [
    "session/credentials.ts",
    "if (refusal) throw copyOf(refusal);",
    "",
  ],
  "what the family was refused": [
    "session/credentials.ts",
    "credentialsOf(connection, kept, { ...token, obtained: () => obtained }, now),",
    "credentialsOf(connection, { ...kept }, { ...token, obtained: () => obtained }, now),",
  ],
  "to try them again when told to": ["session/tokens.ts", "credentials.forgetRefusals();", ""],
  "the lock": ["session/storage.ts", "if (store.lock) await", "if (store.lock && !key) await"],
  "that a store may hang": ["within.ts", "setTimeout(() => resolve(undefined), ms)", "undefined"],
  "where it may be redirected to": [
    "transport/guarded-fetch.ts",
    "if (!httpOrigin(target) || !isTrusted) {",
    "if (!target) {",
  ],
  "whom it may send a token to": [
    "session/authorized-fetch.ts",
    "if (!isTrusted(token, origin)) {",
    "if (!token) {",
  ],
  "when to stop trying": ["transport/client.ts", "{ limit: retry } : {", "{ limit: 9 } : {"],
  "that a header may be two": ["session/login.ts", "if (!isTokenId(id)) {", "if (!id) {"],
  "the credentials of a child": [
    "session/credentials.ts",
    "if (!mayTryCredentials(error)) throw error;",
    "if (error) throw error;",
  ],
};
