/**
 * The catalog of our throw-away Keystone: eight services in two regions with three interfaces.
 * Keystone and Placement are real; the others show how the URLs of real clouds differ: with or without
 * a version, with or without the project's id in the path, on a separate host or on a port.
 */

export const REGIONS = Object.freeze(["RegionOne", "RegionTwo"]);
export const INTERFACES = Object.freeze(["public", "internal", "admin"]);

/** Placeholders in the snapshot's catalog until the ports are known. */
export const PLACEHOLDERS = Object.freeze({
  identity: "http://identity.placeholder.invalid",
  placement: "http://placement.placeholder.invalid",
});

const IMAGINARY = [
  {
    type: "compute",
    name: "nova",
    description: "Servers",
    port: 8774,
    path: "/v2.1/$(project_id)s",
  },
  {
    // Not the official type (block-storage), but the alias that real clouds use.
    type: "volumev3",
    name: "cinder",
    description: "Volumes",
    port: 8776,
    path: "/v3/$(project_id)s",
  },
  { type: "image", name: "glance", description: "Images", port: 9292, path: "" },
  { type: "network", name: "neutron", description: "Networks", port: 9696, path: "" },
  {
    type: "object-store",
    name: "swift",
    description: "Objects",
    port: 8080,
    path: "/v1/AUTH_$(project_id)s",
  },
  { type: "dns", name: "designate", description: "Zones and records", port: 9001, path: "/v2" },
];

/**
 * @param {{ identity: string, placement: string }} real the URLs of the real servers
 */
export function catalog(real) {
  return [
    {
      type: "identity",
      name: "keystone",
      description: "Users, projects and tokens",
      // The public URL of many clouds names no version.
      url: (/** @type {string} */ _region, /** @type {string} */ type) =>
        type === "public" ? real.identity : `${real.identity}/v3`,
    },
    {
      type: "placement",
      name: "placement",
      description: "Resources and their use",
      url: () => real.placement,
    },
    ...IMAGINARY.map(({ type, name, description, port, path }) => ({
      type,
      name,
      description,
      url: (/** @type {string} */ region, /** @type {string} */ side) => {
        const place = region === "RegionOne" ? "one" : "two";
        if (side === "public") return `https://${type}.${place}.example.com${path}`;
        if (side === "internal")
          return `http://${name}.${place}.internal.example.com:${port}${path}`;
        return `http://10.${place === "one" ? 1 : 2}.0.10:${port}${path}`;
      },
    })),
  ];
}

/** The SQL that puts the real servers' URLs in place of the placeholders. */
export function catalogSql(/** @type {{ identity: string, placement: string }} */ real) {
  return Object.entries(PLACEHOLDERS)
    .map(([name, placeholder]) => {
      const url = real[/** @type {"identity" | "placement"} */ (name)];
      return `UPDATE keystone.endpoint SET url = REPLACE(url, '${placeholder}', '${url}')`;
    })
    .join("; ");
}
