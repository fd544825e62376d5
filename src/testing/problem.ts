/** An answer that is an error: thrown where it is found, and turned into a response in one place. */
export class Problem extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** The error document that Keystone has for almost everything. */
export function problem(status: number, message: string, more: object = {}): Problem {
  const title = titles[status] ?? "Error";
  return new Problem(status, message, { error: { code: status, message, title, ...more } });
}

/** 401, always in the same words: Keystone does not say what was wrong. */
export const unauthorized = (
  message = "The request you have made requires authentication.",
  more: object = {},
): Problem => problem(401, message, more);

/** 403; `action` is the name of the rule that forbids it. */
export function forbidden(action = ""): Problem {
  const words = "You are not authorized to perform the requested action";
  return problem(403, action ? `${words}: ${action}.` : `${words}.`);
}

export const notFound = (message: string): Problem => problem(404, message);

export const missing = (singular: string, id: string): Problem =>
  notFound(`Could not find ${singular.replaceAll("_", " ")}: ${id}.`);

export const conflict = (message: string): Problem => problem(409, message);

export const badRequest = (message: string): Problem => problem(400, message);

/** 400 for something that a request lacks. */
export const expecting = (attribute: string, target: string): Problem =>
  badRequest(
    `Expecting to find ${attribute} in ${target}. The server could not comply with the request ` +
      "since it is either malformed or otherwise incorrect. The client is assumed to be in error.",
  );
