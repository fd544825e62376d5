/** Logins by way of another party: OpenID providers, WebSSO, OAuth. */
export { type OAuth1, oauth1 } from "./oauth1.ts";
export { oauth2ClientCredentials } from "./oauth2-client-credentials.ts";
export { type OidcAccessToken, oidcAccessToken } from "./oidc-access-token.ts";
export { readWebSso, type WebSsoChecks } from "./read-web-sso.ts";
export { type WebSso, webSso } from "./web-sso.ts";
export { webSsoCookie } from "./web-sso-cookie.ts";
export { type WebSsoNote, webSsoNote } from "./web-sso-note.ts";
