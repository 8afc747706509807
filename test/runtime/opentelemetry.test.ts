import { createDurable, type Durable, type Machine } from "@durablec/runtime";
import { openTelemetry } from "@durablec/runtime/opentelemetry";
import { startScheduler } from "@durablec/runtime/schedules";
import { context, propagation, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { machinesOf } from "../support/compile.ts";

const spans = new InMemorySpanExporter();
const tracers = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] });
const numbers = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter: numbers, exportIntervalMillis: 3_600_000 });
const meters = new MeterProvider({ readers: [reader] });

let durable: Durable;
let machines: { readonly [name: string]: Machine };

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  machines = await machinesOf(`
    defmodule Traced do
      use Durable
      use Durable.Orchestration
      use Durable.Scheduler.DSL
      use Durable.Wait

      workflow "parent" do
        step :nap, fn data ->
          sleep(minutes(1))
          {:ok, data}
        end
        step :call, fn data ->
          {:ok, child} = call_workflow(Traced, %{}, workflow: "child", ref: :child)
          {:ok, Map.put(data, :child, child)}
        end
      end

      workflow "child", queue: :children do
        step :work, [retry: [max_attempts: 2, base: 10]], fn _data -> {:error, "broken"} end
        step :undone, fn _data -> {:ok, %{}} end
      end

      workflow "saga" do
        step :charge, [compensate: :refund], fn _data -> {:ok, %{}} end
        step :ship, fn _data -> {:error, "no"} end
        compensate :refund, fn _data -> {:ok, %{}} end
      end

      workflow "root" do
        step :start, fn data ->
          {:ok, _id} = start_workflow(Traced, %{}, workflow: "leaf", ref: :started)
          {:ok, data}
        end
        parallel run: :queued do
          step :call, fn _data ->
            call_workflow(Traced, %{}, workflow: "leaf", ref: :called, timeout: 1000, on_timeout: :cancel)
            {:ok, %{}}
          end
        end
        step :wait, fn _data -> {:ok, %{go: wait_for_event("go", timeout: :infinity)}} end
      end

      workflow "leaf" do
        step :wait, fn _data -> {:ok, %{never: wait_for_event("never", timeout: :infinity)}} end
      end

      @schedule cron: "* * * * *", name: "minutely"
      workflow "clocked" do
        step :tick, fn _data -> {:ok, %{}} end
      end
    end`);
  const telemetry = openTelemetry({ tracer: tracers.getTracer("test"), meter: meters.getMeter("test") });
  durable = await createDurable({ workflows: Object.values(machines), telemetry });
  await durable.work({ queues: { default: { concurrency: 5 }, children: { concurrency: 5 } }, skipTime: true });
});
beforeEach(() => spans.reset());
afterAll(async () => {
  await durable.close();
  await meters.shutdown();
});

const named = (workflow: string) => Object.values(machines).find((machine) => machine.workflow === workflow)!;

/** Finished spans as `name < parent's name`, in the order in which they began. */
function tree() {
  const all = spans
    .getFinishedSpans()
    .toSorted((a, b) => Number(a.startTime[0] - b.startTime[0]) || a.startTime[1] - b.startTime[1]);
  const names = new Map(all.map((span) => [span.spanContext().spanId, span.name]));
  return all.map((span) => `${span.name} < ${names.get(span.parentSpanContext?.spanId ?? "") ?? "nothing"}`);
}

describe("spans", () => {
  test("of all segments of an execution, its children and their retries are one trace, begun by who starts it", async () => {
    const outer = tracers.getTracer("app").startSpan("request");
    const run = await context.with(trace.setSpan(context.active(), outer), () => durable.start(named("parent"), {}));
    await durable.ended(run.id);
    outer.end();
    expect(tree()).toEqual([
      "request < nothing",
      "start parent < request",
      "step nap < start parent",
      "step nap < start parent",
      "step call < start parent",
      "step work < step call",
      "step work < step call",
      "step call < start parent",
    ]);
    expect(new Set(spans.getFinishedSpans().map((span) => span.spanContext().traceId)).size).toBe(1);
  });

  test("say which step of which execution ran, how often it was tried, and what became of it", async () => {
    const run = await durable.start(named("child"), {});
    await durable.ended(run.id);
    const [first, second] = spans.getFinishedSpans().filter(({ name }) => name === "step work");
    expect(first!.attributes).toEqual({
      "durable.module": "Traced",
      "durable.workflow": "child",
      "durable.queue": "children",
      "durable.execution.id": run.id,
      "durable.root.id": run.id,
      "durable.kind": "step",
      "durable.step": "work",
      "durable.state": "work",
      "durable.attempt": 1,
      "durable.outcome": "error",
      "error.type": "error",
    });
    expect(first!.status).toEqual({ code: 2, message: "broken" });
    expect(second!.attributes["durable.attempt"]).toBe(2);
  });

  test("are there for compensations and for what the clock starts, too", async () => {
    const run = await durable.start(named("saga"), {});
    await durable.ended(run.id);
    expect(tree()).toContain("compensate refund < start saga");
    const scheduler = await startScheduler(durable);
    await expect.poll(() => tree()).toContain("step tick < start clocked");
    await scheduler.stop();
  });
});

/** Data points by the name of their metric, as of now. */
async function metricPoints() {
  await reader.forceFlush();
  const [{ scopeMetrics }] = numbers.getMetrics().slice(-1) as [ReturnType<typeof numbers.getMetrics>[number]];
  const metrics = scopeMetrics.flatMap((scope) => scope.metrics);
  return Object.fromEntries(metrics.map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints]));
}

test("metrics count what is started, ended, claimed and recorded, and measure steps and queues", async () => {
  const waiting = await durable.start(named("child"), {}, { queue: "nobody" });
  const points = await metricPoints();
  const point = (name: string, attributes: object) =>
    points[name]!.find((each) => Object.entries(attributes).every(([key, value]) => each.attributes[key] === value));
  expect(point("durable.executions.started", { workflow: "child", queue: "children" })!.value).toBe(2);
  expect(point("durable.executions.ended", { workflow: "child", status: "failed" })!.value).toBe(2);
  expect(point("durable.executions.ended", { workflow: "saga", status: "compensated" })!.value).toBe(1);
  expect(point("durable.step.duration", { step: "work", status: "failed" })!.value).toMatchObject({ count: 4 });
  expect(point("durable.step.duration", { step: "nap" })!.value).toMatchObject({ count: 1 });
  expect((point("durable.step.duration", { step: "nap" })!.value as { sum: number }).sum).toBeGreaterThanOrEqual(60);
  expect(point("durable.claims", { queue: "children" })!.value).toBeGreaterThan(0);
  expect(points["durable.commit.transitions"]![0]!.value).toMatchObject({ min: 1 });
  expect(point("durable.queue.due", { queue: "default" })!.value).toBe(0);
  expect(point("durable.queue.lag", { queue: "children" })!.value).toBe(0);
  await durable.cancel(waiting.id);
});

test("a cancel is counted once for all that it takes with it, whoever asked for it", async () => {
  const run = await durable.start(named("root"), {});
  await expect.poll(async () => (await durable.get(run.id))!.state).toBe("wait@event:go");
  await durable.cancel(run.id);
  const points = await metricPoints();
  const count = (name: string, workflow: string) =>
    points[name]!.filter(({ attributes }) => attributes.workflow === workflow).map(({ attributes, value }) => [
      attributes.status,
      value,
    ]);
  expect(count("durable.executions.started", "root")).toEqual([[undefined, 1]]);
  expect(count("durable.executions.ended", "root")).toEqual([["cancelled", 1]]);
  // One is given up by the call that waited for it, the other goes down with its parent.
  expect(count("durable.executions.started", "leaf")).toEqual([[undefined, 2]]);
  expect(count("durable.executions.ended", "leaf")).toEqual([["cancelled", 2]]);
});
