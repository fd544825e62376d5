/** What a provider has published about its cloud. */
export interface VendorProfile {
  readonly auth?: { readonly auth_url: string; readonly [name: string]: string };
  readonly regions?: readonly string[];
  readonly region_name?: string;
  readonly identity_api_version?: string;
  /** "shutdown" or "deprecated"; absent for a cloud that exists. */
  readonly status?: string;
  readonly [name: string]: unknown;
}

/**
 * Public clouds as openstacksdk ships them (its repository's newest state, read on
 * 2026-11-29), for the option `profiles` of `fromClouds()`, which looks up `profile: ovh` in a
 * clouds.yaml here. Written by test/fixtures/config/renew-vendors.mjs.
 *
 * @see https://docs.openstack.org/openstacksdk/latest/user/config/vendor-support.html
 * @example
 * createSession(fromClouds(parse(text), "mine", { profiles: vendors }));
 */
export const vendors: { readonly "public-clouds": Readonly<Record<string, VendorProfile>> } = {
  "public-clouds": {
    auro: {
      auth: {
        auth_url: "https://api.van2.auro.io:5000/v3",
        user_domain_name: "Default",
        project_domain_name: "Default",
      },
      identity_api_version: "3",
      region_name: "RegionOne",
    },
    betacloud: {
      auth: { auth_url: "https://api-1.betacloud.de:5000" },
      regions: ["betacloud-1"],
      identity_api_version: "3",
      block_storage_api_version: "3",
      status: "shutdown",
    },
    binero: {
      auth: { auth_url: "https://auth.binero.cloud:5000/v3" },
      identity_api_version: "3",
      block_storage_api_version: "3",
      regions: ["europe-se-1"],
    },
    bluebox: { block_storage_api_version: "1", region_name: "RegionOne" },
    catalyst: {
      auth: { auth_url: "https://api.cloud.catalyst.net.nz:5000/v2.0" },
      regions: ["nz-por-1", "nz_wlg_2"],
      image_api_version: "1",
      block_storage_api_version: "1",
    },
    citycloud: {
      auth: { auth_url: "https://{region_name}.citycloud.com:5000/v3/" },
      regions: ["Buf1", "Fra1", "Sto2", "Kna1", "dx1", "tky1"],
      block_storage_api_version: "3",
      identity_api_version: "3",
    },
    conoha: {
      auth: { auth_url: "https://identity.{region_name}.conoha.io" },
      regions: ["sin1", "sjc1", "tyo1"],
      identity_api_version: "2",
    },
    dreamcompute: {
      auth: { auth_url: "https://iad2.dream.io:5000" },
      identity_api_version: "3",
      region_name: "RegionOne",
    },
    elastx: {
      auth: { auth_url: "https://ops.elastx.cloud:5000/v3" },
      identity_api_version: "3",
      region_name: "se-sto",
    },
    entercloudsuite: {
      auth: { auth_url: "https://api.entercloudsuite.com/" },
      identity_api_version: "3",
      image_api_version: "1",
      block_storage_api_version: "1",
      regions: ["it-mil1", "nl-ams1", "de-fra1"],
    },
    fuga: {
      auth: {
        auth_url: "https://identity.api.fuga.io:5000",
        user_domain_name: "Default",
        project_domain_name: "Default",
      },
      regions: ["cystack"],
      identity_api_version: "3",
      block_storage_api_version: "3",
      status: "deprecated",
    },
    ibmcloud: {
      auth: { auth_url: "https://identity.open.softlayer.com" },
      block_storage_api_version: "2",
      identity_api_version: "3",
      regions: ["london"],
      status: "shutdown",
    },
    internap: {
      auth: { auth_url: "https://identity.api.cloud.inap.com" },
      regions: ["ams01", "da01", "nyj01", "sin01", "sjc01"],
      identity_api_version: "3",
      status: "shutdown",
    },
    limestonenetworks: {
      auth: { auth_url: "https://auth.cloud.lstn.net:5000/v3" },
      regions: ["us-dfw-1", "us-slc"],
      identity_api_version: "3",
      volume_api_version: "3",
    },
    otc: {
      auth: { auth_url: "https://iam.{region_name}.otc.t-systems.com/v3" },
      regions: ["eu-de", "eu-nl"],
      identity_api_version: "3",
      interface: "public",
    },
    "otc-swiss": {
      auth: { auth_url: "https://iam-pub.eu-ch2.sc.otc.t-systems.com/v3" },
      regions: ["eu-ch2"],
      identity_api_version: "3",
      interface: "public",
    },
    ovh: {
      auth: {
        auth_url: "https://auth.cloud.ovh.net/",
        user_domain_name: "Default",
        project_domain_name: "Default",
      },
      regions: [
        "BHS",
        "BHS1",
        "BHS3",
        "BHS5",
        "DE",
        "DE1",
        "GRA",
        "GRA1",
        "GRA5",
        "GRA7",
        "SBG",
        "SBG1",
        "SBG5",
        "UK",
        "UK1",
        "WAW",
        "WAW1",
        "SYD1",
        "SGP1",
      ],
      identity_api_version: "3",
    },
    "ovh-us": {
      auth: {
        auth_url: "https://auth.cloud.ovh.us/",
        user_domain_name: "Default",
        project_domain_name: "Default",
      },
      regions: ["US-EAST-VA-1", "US-WEST-OR-1", "US-EAST-VA", "US-WEST-OR"],
      identity_api_version: "3",
    },
    rackspace: {
      auth: { auth_url: "https://identity.api.rackspacecloud.com/v2.0/" },
      identity_api_version: "2.0",
      regions: ["DFW", "HKG", "IAD", "ORD", "SYD", "LON"],
      database_service_type: "rax:database",
      compute_service_name: "cloudServersOpenStack",
      block_storage_endpoint_override:
        "https://{region_name}.blockstorage.api.rackspacecloud.com/v2/",
      block_storage_api_version: "2",
    },
    switchcloud: {
      auth: { auth_url: "https://identity.compute.cloud.switch.ch/v3" },
      regions: ["zhw", "zhc"],
      identity_api_version: "3",
    },
    switchengines: {
      auth: { auth_url: "https://keystone.cloud.switch.ch:5000/v3" },
      regions: ["LS", "ZH"],
      identity_api_version: "3",
    },
    ultimum: {
      auth: { auth_url: "https://console.ultimum-cloud.com:5000/" },
      identity_api_version: "3",
      block_storage_api_version: "1",
      region_name: "RegionOne",
      status: "shutdown",
    },
    unitedstack: {
      auth: { auth_url: "https://identity.api.ustack.com/v3" },
      regions: ["bj1", "gd1"],
      block_storage_api_version: "1",
      identity_api_version: "3",
      status: "shutdown",
    },
    vexxhost: {
      auth: { auth_url: "https://auth.vexxhost.net/v3" },
      regions: ["ca-ymq-1", "sjc1"],
      identity_api_version: "3",
    },
    zetta: {
      auth: { auth_url: "https://identity.api.zetta.io/v3" },
      regions: ["no-osl1"],
      identity_api_version: "3",
      dns_api_version: "2",
    },
  },
};
