import { array, looseObject, nullish, string } from "valibot";

const text = nullish(string(), "");
const named = looseObject({ id: string(), name: string() });
// Of a federated user's domain the API's reference shows no name.
const within = looseObject({ ...named.entries, domain: looseObject({ id: string(), name: text }) });

/**
 * The body of POST and GET /v3/auth/tokens: only what every release sends is required. Catalogs of
 * the field have `name: ""`, `endpoints: []` and null regions.
 *
 * @see https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management
 */
export const tokenDocument = looseObject({
  token: looseObject({
    methods: array(string()),
    user: within,
    audit_ids: nullish(array(string()), []),
    issued_at: string(),
    expires_at: string(),
    project: nullish(within),
    domain: nullish(named),
    "OS-TRUST:trust": nullish(looseObject({ id: string() })),
    roles: nullish(array(named), []),
    catalog: nullish(
      array(
        looseObject({
          id: text,
          type: string(),
          name: text,
          endpoints: nullish(
            array(
              looseObject({
                id: text,
                interface: string(),
                region: nullish(string()),
                region_id: nullish(string()),
                url: string(),
              }),
            ),
            [],
          ),
        }),
      ),
      [],
    ),
  }),
});

/** The list in GET /v3/auth/projects and /v3/auth/domains. */
export const namedDocuments = array(named);
