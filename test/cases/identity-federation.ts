/** Federation: identity providers with their protocols and mappings, and service providers. */
import { assert } from "chai";
import { ConflictError, NotFoundError } from "keystone-fetch";
import type { Case } from "../case.ts";
import { failure } from "../fixtures/failures.ts";
import { identityProviders, mappings, protocols, serviceProviders } from "../fixtures/identity.ts";
import { ids, scratchDomain, undoing, unique } from "../fixtures/scratch.ts";
import { adminOf } from "../fixtures/sessions.ts";

const rules = (type: string) => [{ local: [{ user: { name: "{0}" } }], remote: [{ type }] }];

const cases: readonly Case[] = [
  {
    name: "an identity provider is created, read, changed, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const domain_id = await scratchDomain(admin, undo);
        const id = unique("university");
        const remote_ids = [`https://${id}.example`];
        const wanted = { id, domain_id, remote_ids, enabled: true };
        const made = await identityProviders.create(admin, wanted);
        undo(() => identityProviders.delete(admin, id));
        assert.deepInclude(made, { ...wanted, description: null });
        await failure(identityProviders.create(admin, wanted), ConflictError);
        assert.deepInclude(await identityProviders.get(admin, id), wanted);
        assert.include(ids(await identityProviders.list(admin)), id);
        assert.deepEqual(ids(await identityProviders.list(admin, { id })), [id]);
        assert.isEmpty(await identityProviders.list(admin, { id, enabled: false }));
        const changed = await identityProviders.update(admin, id, { enabled: false });
        assert.deepInclude(changed, { ...wanted, enabled: false });
        await identityProviders.delete(admin, id);
        await failure(identityProviders.get(admin, id), NotFoundError);
      }),
  },
  {
    name: "a mapping is created, read, changed, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const id = unique("mapping");
        const made = await mappings.create(admin, { id, rules: rules("REMOTE_USER") });
        undo(() => mappings.delete(admin, id));
        assert.deepInclude(made, { id, rules: rules("REMOTE_USER") });
        await failure(mappings.create(admin, { id, rules: rules("X") }), ConflictError);
        assert.deepEqual(await mappings.get(admin, id), made);
        assert.include(ids(await mappings.list(admin)), id);
        const changed = await mappings.update(admin, id, { rules: rules("OIDC-sub") });
        assert.deepInclude(changed, { id, rules: rules("OIDC-sub") });
        await mappings.delete(admin, id);
        await failure(mappings.get(admin, id), NotFoundError);
      }),
  },
  {
    name: "a protocol of an identity provider is created, read, changed, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const domain_id = await scratchDomain(admin, undo);
        const idp = unique("university");
        await identityProviders.create(admin, { id: idp, domain_id });
        undo(() => identityProviders.delete(admin, idp));
        const [one, other] = [unique("mapping"), unique("mapping")];
        for (const id of [one, other]) {
          await mappings.create(admin, { id, rules: rules("REMOTE_USER") });
          undo(() => mappings.delete(admin, id));
        }
        const id = "openid";
        const made = await protocols.create(admin, idp, { id, mapping_id: one });
        undo(() => protocols.delete(admin, idp, id));
        assert.deepInclude(made, { id, mapping_id: one });
        await failure(protocols.create(admin, idp, { id, mapping_id: one }), ConflictError);
        assert.deepInclude(await protocols.get(admin, idp, id), { id, mapping_id: one });
        assert.deepEqual(ids(await protocols.list(admin, idp)), [id]);
        const changed = await protocols.update(admin, idp, id, { mapping_id: other });
        assert.deepInclude(changed, { id, mapping_id: other });
        await protocols.delete(admin, idp, id);
        await failure(protocols.get(admin, idp, id), NotFoundError);
      }),
  },
  {
    name: "a service provider is created, read, changed, listed and deleted",
    run: (env) =>
      undoing(async (undo) => {
        const admin = adminOf(env);
        const id = unique("partner");
        const wanted = {
          id,
          auth_url: `https://${id}.example/v3/auth`,
          sp_url: `https://${id}.example/ECP`,
          // Enabled, it would be in everybody's tokens.
          enabled: false,
        };
        const made = await serviceProviders.create(admin, wanted);
        undo(() => serviceProviders.delete(admin, id));
        assert.deepInclude(made, { ...wanted, relay_state_prefix: "ss:mem:" });
        await failure(serviceProviders.create(admin, wanted), ConflictError);
        assert.deepEqual(await serviceProviders.get(admin, id), made);
        assert.include(ids(await serviceProviders.list(admin)), id);
        assert.deepEqual(ids(await serviceProviders.list(admin, { id })), [id]);
        assert.isEmpty(await serviceProviders.list(admin, { id, enabled: true }));
        const changed = await serviceProviders.update(admin, id, { description: "Next door" });
        assert.deepEqual(changed, { ...made, description: "Next door" });
        await serviceProviders.delete(admin, id);
        await failure(serviceProviders.get(admin, id), NotFoundError);
      }),
  },
];

export default cases;
