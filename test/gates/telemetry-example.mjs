/** examples/telemetry makes spans and measurements of the requests that were really sent. */
import assert from "node:assert/strict";
import { context, metrics, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { createSession, password } from "keystone-fetch";
import { telemetryLog } from "../../examples/telemetry/telemetry.mjs";
import { check } from "../examples/check.mjs";

/** @typedef {{ attributes: import("@opentelemetry/api").Attributes, value: { count: number } }} Point */

/** @type {import("../runners/gates.mjs").Gate} */
export default async function telemetryExample({ env }) {
  const spans = new InMemorySpanExporter();
  const measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: measured });
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }),
  );
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const meters = new MeterProvider({ readers: [reader] });
  metrics.setGlobalMeterProvider(meters);
  const { name, domain, password: secret } = env.accounts.demo;
  const session = createSession({
    authUrl: env.keystone,
    auth: password({ name, domain: { name: domain }, password: secret }),
    scope: { project: { name: "web", domain: { name: domain } } },
    log: telemetryLog(),
  });
  const check1 = await check("a span a request, below the caller's, and no secret", async () => {
    const parent = trace.getTracer("test").startSpan("what the caller does");
    await context.with(trace.setSpan(context.active(), parent), async () => {
      await session.projects();
      await session.fetch(`${env.keystone}/v3/projects/no-such-project`);
    });
    parent.end();
    const made = spans.getFinishedSpans().filter(({ kind }) => kind === SpanKind.CLIENT);
    assert.deepEqual(
      made.map(({ name, attributes, status }) => [
        name,
        attributes["keystone.request.kind"],
        attributes["http.response.status_code"],
        status.code,
      ]),
      [
        ["GET", "discovery", 300, SpanStatusCode.UNSET],
        ["POST", "login", 201, SpanStatusCode.UNSET],
        ["GET", "call", 200, SpanStatusCode.UNSET],
        ["GET", "call", 403, SpanStatusCode.ERROR],
      ],
    );
    const { traceId, spanId } = parent.spanContext();
    for (const span of made) {
      assert.equal(span.spanContext().traceId, traceId);
      assert.equal(span.parentSpanContext?.spanId, spanId);
      assert.match(String(span.attributes["openstack.request_id"]), /^req-/);
      assert.ok(span.duration[0] >= 0 && span.duration[0] < 60);
    }
    const { id } = await session.token();
    const told = JSON.stringify(made.map(({ attributes }) => attributes));
    for (const one of [id, secret]) assert.ok(!told.includes(one));
  });
  const check2 = await check("requests are counted and timed, by kind and status", async () => {
    await reader.forceFlush();
    const points = measured
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((one) => one.metrics))
      .filter(({ descriptor }) => descriptor.name === "http.client.request.duration")
      .flatMap(({ dataPoints }) => [.../** @type {readonly Point[]} */ (dataPoints)]);
    const counts = Object.fromEntries(
      points.map(({ attributes, value }) => [
        `${attributes["keystone.request.kind"]} ${attributes["http.response.status_code"]}`,
        value.count,
      ]),
    );
    assert.deepEqual(counts, {
      "discovery 300": 1,
      "login 201": 1,
      "call 200": 1,
      "call 403": 1,
    });
  });
  await meters.shutdown();
  return [check1, check2];
}
