"""keystoneauth1's logins: reads their options as JSON from stdin, prints the ids of the tokens."""

import json
import sys

from keystoneauth1 import identity, session
from keystoneauth1.extras.oauth1 import V3OAuth1

PLUGINS = {
    "v3oidcaccesstoken": identity.V3OidcAccessToken,
    "v3oidcclientcredentials": identity.V3OidcClientCredentials,
    "v3oidcpassword": identity.V3OidcPassword,
    "v3applicationcredential": identity.V3ApplicationCredential,
    "v3oauth1": V3OAuth1,
}

tokens = {}
for name, (plugin, options) in json.load(sys.stdin).items():
    auth = PLUGINS[plugin](**options)
    tokens[name] = auth.get_token(session.Session(auth=auth))
json.dump(tokens, sys.stdout)
