/** The grant "password" of OAuth 2.0, which the provider leaves out: its short way to a person's token. */
import { errors } from "oidc-provider";
import { people, resources, scopes } from "./people.mjs";

/**
 * @param {import("oidc-provider").Provider} provider
 * @param {(resource: string) => object} resourceServer
 */
export function addPasswordGrant(provider, resourceServer) {
  provider.registerGrantType(
    "password",
    async (ctx, next) => {
      const { client, params = {} } = ctx.oidc;
      const { AccessToken, RefreshToken, Grant, ResourceServer } = /** @type {any} */ (provider);
      const name = String(params.username);
      if (!Object.hasOwn(people, name) || people[name].password !== params.password) {
        throw new errors.InvalidGrant("wrong name or password");
      }
      const accountId = `sub-${name}`;
      const scope = scopes.join(" ");
      const resource = String(params.resource ?? resources.keystone);
      const grant = new Grant({ clientId: client?.clientId, accountId });
      grant.addOIDCScope(scope);
      grant.addResourceScope(resource, scope);
      const common = { client, accountId, grantId: await grant.save(), gty: "password", scope };
      const token = new AccessToken(common);
      token.resourceServer = new ResourceServer(resource, resourceServer(resource));
      const refresh = new RefreshToken({ ...common, rotations: 0, resource });
      ctx.body = {
        access_token: await token.save(),
        refresh_token: await refresh.save(),
        expires_in: token.expiration,
        token_type: "Bearer",
        scope,
      };
      await next();
    },
    ["username", "password", "scope", "resource"],
  );
}
