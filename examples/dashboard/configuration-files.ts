/** Configuration files for `openstack` and other tools, for one application credential. */
export interface NewCredential {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
}

export function cloudsYaml(authUrl: string, { id, name, secret }: NewCredential): string {
  // Every JSON string is a YAML string, too.
  const text = (value: string) => JSON.stringify(value);
  return `clouds:
  ${text(name)}:
    auth_type: v3applicationcredential
    auth:
      auth_url: ${text(authUrl)}
      application_credential_id: ${text(id)}
      application_credential_secret: ${text(secret)}
`;
}

export function openrc(authUrl: string, { id, secret }: NewCredential): string {
  // In single quotes, a shell changes nothing; only such a quote itself needs care.
  const text = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
  return `export OS_AUTH_TYPE=v3applicationcredential
export OS_AUTH_URL=${text(authUrl)}
export OS_IDENTITY_API_VERSION=3
export OS_APPLICATION_CREDENTIAL_ID=${text(id)}
export OS_APPLICATION_CREDENTIAL_SECRET=${text(secret)}
`;
}

/** Lets the browser save it. */
export function download(name: string, contents: string): void {
  const url = URL.createObjectURL(new Blob([contents], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
