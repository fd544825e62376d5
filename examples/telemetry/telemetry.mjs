import { metrics, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";

/**
 * The `log` option of a session: a span and a measurement for each request, under OpenTelemetry's
 * names for HTTP clients. Call it after setting up OpenTelemetry's SDK.
 *
 * @returns {import("keystone-fetch").Log}
 */
export function telemetryLog() {
  const tracer = trace.getTracer("keystone-fetch");
  const duration = metrics
    .getMeter("keystone-fetch")
    .createHistogram("http.client.request.duration", { unit: "s" });

  return ({ kind, method, url, status, code, milliseconds, attempt, requestId }) => {
    const { hostname, port, protocol } = new URL(url);
    const failed = status === undefined || status >= 400;
    // These have few values, so a metric may have them.
    const common = {
      "http.request.method": method,
      "server.address": hostname,
      "server.port": Number(port || (protocol === "https:" ? 443 : 80)),
      "keystone.request.kind": kind,
      ...(status !== undefined && { "http.response.status_code": status }),
      ...(failed && { "error.type": String(status ?? code) }),
    };
    duration.record(milliseconds / 1000, common);

    // An entry arrives when the request is over.
    const end = Date.now();
    const span = tracer.startSpan(method, {
      kind: SpanKind.CLIENT,
      startTime: end - milliseconds,
      attributes: {
        ...common,
        "url.full": url,
        ...(attempt > 1 && { "http.request.resend_count": attempt - 1 }),
        ...(requestId && { "openstack.request_id": requestId }),
      },
    });
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(end);
  };
}
