/**
 * One way to prove who one is: made by `password()`, `token()` or `applicationCredential()`, and
 * handed to `createSession()` or `authenticate()`. Its secret is in a closure: no log shows it.
 */
export interface AuthMethod {
  /** The API's name of the method. */
  readonly name: string;
  /** Whose it is, without any secret; absent where nothing but a secret tells. */
  readonly identity?: object | undefined;
  /** The method's part of the request. */
  readonly payload: () => object;
}

export function authMethod(name: string, payload: () => object, identity?: object): AuthMethod {
  return Object.freeze(
    Object.defineProperty({ name, identity } as AuthMethod, "payload", { value: payload }),
  );
}
