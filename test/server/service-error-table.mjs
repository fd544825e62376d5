/** A real error of each service: its document, its form of the request id, its limits. */
/** The id of a request, as most services number them. */
const req = "req-6e5a2a4b-0f14-4e2b-9a3f-1c9d6f1f7e42";
const trans = "tx3f0a5b1c9e7d4f2a8b6c0-0065f1c2d3";
const cephTrans = "tx00000a1b2c3d4e5f60718-0065f1c2d3-11b2c-default";
const hexId = "0f5c8d2e7a914b36bd0e6f1a2c3d4e5f";

/** @param {string} body @param {string} type */
const text = (body, type) => ({ body, headers: { "Content-Type": type } });

/** @param {string} body */
const page = (body) => text(body, "text/html; charset=UTF-8");

/**
 * @typedef {object} ServiceError
 * @property {number} status
 * @property {unknown} [document] its JSON
 * @property {{ body: string, headers: Record<string, string> }} [other] an answer that is not JSON
 * @property {Record<string, string>} headers with the request id in the service's own form
 */

/** @type {Record<string, ServiceError>} */
export const errors = {
  nova: {
    status: 404,
    document: { itemNotFound: { code: 404, message: "Instance 7d1e could not be found." } },
    headers: { "X-Compute-Request-Id": req },
  },
  "nova-limit": {
    status: 413,
    document: {
      overLimit: {
        code: 413,
        message: "This request was rate-limited.",
        details: "Only 10 POSTs.",
      },
    },
    headers: { "X-Compute-Request-Id": req, "Retry-After": "3600" },
  },
  neutron: {
    status: 409,
    document: {
      NeutronError: { type: "NetworkInUse", message: "Network 9c2f is in use.", detail: "" },
    },
    headers: { "X-Openstack-Request-Id": req },
  },
  cinder: {
    status: 400,
    document: { badRequest: { code: 400, message: "Invalid volume: status must be available." } },
    headers: { "X-Compute-Request-Id": req, "X-Openstack-Request-Id": req },
  },
  glance: {
    status: 404,
    other: page(
      "<html>\n <head>\n  <title>404 Not Found</title>\n </head>\n <body>\n  <h1>404 Not Found</h1>\n  Failed to find image 31a0<br /><br />\n\n\n </body>\n</html>",
    ),
    headers: { "X-Openstack-Request-Id": req },
  },
  keystone: {
    status: 403,
    document: {
      error: {
        code: 403,
        message: "You are not authorized to perform the requested action: identity:list_users.",
        title: "Forbidden",
      },
    },
    headers: { "X-Openstack-Request-Id": req },
  },
  placement: {
    status: 409,
    document: {
      errors: [
        {
          status: 409,
          request_id: req,
          title: "Conflict",
          detail:
            "There was a conflict when trying to complete your request.\n\n Unable to allocate.",
          code: "placement.concurrent_update",
        },
      ],
    },
    headers: { "X-Openstack-Request-Id": req },
  },
  octavia: {
    status: 409,
    document: {
      faultcode: "Client",
      faultstring: "Load Balancer 5b0e is immutable and cannot be updated.",
      debuginfo: null,
    },
    headers: { "X-Openstack-Request-Id": req },
  },
  magnum: {
    status: 404,
    document: {
      errors: [
        {
          request_id: "",
          code: "client",
          status: 404,
          title: "Cluster lab could not be found",
          detail: "Cluster lab could not be found.",
          links: [],
        },
      ],
    },
    headers: { "X-Openstack-Request-Id": req },
  },
  "magnum-title": {
    status: 409,
    document: {
      errors: [{ code: "client", status: 409, title: "Cluster lab is busy", links: [] }],
    },
    headers: { "X-Openstack-Request-Id": req },
  },
  "magnum-fault": {
    status: 400,
    document: {
      faultcode: "Client",
      faultstring: "Invalid input for field/attribute node_count.",
      debuginfo: null,
    },
    headers: { "X-Openstack-Request-Id": req },
  },
  barbican: {
    status: 404,
    document: {
      code: 404,
      title: "Not Found",
      description: "Not Found. Sorry but your secret is in another castle.",
    },
    headers: { "X-Openstack-Request-Id": req },
  },
  zaqar: {
    status: 404,
    document: { title: "Not found", description: "Queue jobs does not exist in this project." },
    headers: {},
  },
  heat: {
    status: 404,
    document: {
      explanation: "The resource could not be found.",
      code: 404,
      error: {
        message: "The Stack (web) could not be found.",
        traceback: null,
        type: "EntityNotFound",
      },
      title: "Not Found",
    },
    headers: { "X-Openstack-Request-Id": req },
  },
  "heat-plain": {
    status: 400,
    document: { explanation: "The template is not valid YAML.", code: 400, title: "Bad Request" },
    headers: { "X-Openstack-Request-Id": req },
  },
  ironic: {
    status: 404,
    document: {
      error_message: JSON.stringify({
        debuginfo: null,
        faultcode: "Client",
        faultstring: "Node rack-7 could not be found.",
      }),
    },
    headers: { "X-Openstack-Request-Id": req },
  },
  manila: {
    status: 403,
    document: { forbidden: { code: 403, message: "Policy does not allow share:create." } },
    headers: { "X-Compute-Request-Id": req },
  },
  designate: {
    status: 404,
    document: {
      code: 404,
      type: "zone_not_found",
      message: "Could not find Zone",
      request_id: req,
    },
    headers: { "X-Openstack-Request-Id": req },
  },
  "designate-fields": {
    status: 400,
    document: {
      code: 400,
      type: "invalid_object",
      message: "Provided object does not match schema",
      errors: {
        errors: [
          { path: ["email"], message: "'x' is not a 'email'", validator: "format" },
          { path: [], message: "'name' is a required property", validator: "required" },
          null,
        ],
      },
      request_id: req,
    },
    headers: { "X-Openstack-Request-Id": req },
  },
  trove: {
    status: 422,
    document: { unprocessableEntity: { code: 422, message: "Instance 12 is not ready." } },
    headers: {},
  },
  swift: {
    status: 404,
    other: page("<html><h1>Not Found</h1><p>The resource could not be found.</p></html>"),
    headers: { "X-Trans-Id": trans, "X-Openstack-Request-Id": trans },
  },
  "swift-limit": {
    status: 498,
    other: text("Slow down", "text/plain"),
    headers: { "X-Trans-Id": trans },
  },
  ceph: {
    status: 403,
    other: text("AccessDenied", "text/plain; charset=utf-8"),
    headers: { "X-Trans-Id": cephTrans },
  },
  "ceph-json": {
    status: 404,
    document: { Code: "NoSuchBucket", RequestId: cephTrans, HostId: "11b2c-default-default" },
    headers: { "X-Trans-Id": cephTrans },
  },
  "ceph-words": {
    status: 403,
    document: {
      Code: "QuotaExceeded",
      Message: "The user's quota is used up.",
      RequestId: cephTrans,
    },
    headers: { "X-Trans-Id": cephTrans },
  },
  huawei: {
    status: 404,
    document: { error: { code: "Ecs.0114", message: "Instance 7d1e could not be found." } },
    headers: { "X-Request-Id": hexId },
  },
  otc: {
    status: 400,
    document: {
      error_code: "RDS.0011",
      error_msg: "The parameter flavorRef is not valid.",
      request_id: hexId,
    },
    headers: { "X-Request-Id": hexId },
  },
  "otc-limit": {
    status: 429,
    document: {
      error_msg: "The throttling threshold has been reached: policy user over ratelimit.",
      error_code: "APIGW.0308",
      request_id: hexId,
    },
    headers: { "X-Request-Id": hexId, "Retry-After": "60" },
  },
  nginx: {
    status: 502,
    other: page(
      "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n",
    ),
    headers: {},
  },
  haproxy: {
    status: 503,
    other: page(
      "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n",
    ),
    headers: {},
  },
  "neutron-old": {
    status: 404,
    document: { NeutronError: "Network 9c2f could not be found." },
    headers: { "X-Openstack-Request-Id": `${req}, ${hexId}` },
  },
  gnocchi: {
    status: 404,
    document: {
      code: 404,
      description: { cause: "Metric does not exist", detail: "9c2f" },
      title: "Not Found",
    },
    headers: {},
  },
  "otc-old": {
    status: 400,
    document: { errCode: "NBS.0016", errorMsg: "The quota of networks is used up." },
    headers: {},
  },
  "otc-older": {
    status: 400,
    document: { errCode: "RDS.0011", externalMessage: "The flavor does not exist." },
    headers: {},
  },
  gateway: {
    status: 403,
    document: { error: "the subscription has ended" },
    headers: {},
  },
  /** A proxy that declares JSON, but sends a page. */
  "proxy-json": {
    status: 502,
    other: text("<html><h1>Bad Gateway</h1></html>", "application/json"),
    headers: {},
  },
  "nova-choices": {
    status: 300,
    document: {
      choices: ["v2.0", "v2.1"].map((id) => ({ id, status: "SUPPORTED", links: [] })),
    },
    headers: { "X-Compute-Request-Id": req },
  },
};
