/**
 * Spans and metrics through `@opentelemetry/api`, an entry point of its own: only an app that imports this needs that
 * package. Where no SDK is set up, the API does nothing by itself.
 */
import {
  context,
  type Meter,
  metrics,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace as traces,
} from "@opentelemetry/api";
import manifest from "../package.json" with { type: "json" };
import type { Labels, SegmentLabels, SegmentResult, Telemetry, TraceContext } from "../telemetry.ts";
import { instrumentsOf } from "./instruments.ts";

export interface OpenTelemetryOptions {
  /** Default: the global provider's. */
  readonly tracer?: Tracer;
  readonly meter?: Meter;
}

/** To be given to `createDurable` as `telemetry`. */
export function openTelemetry(options: OpenTelemetryOptions = {}): Telemetry {
  const tracer = options.tracer ?? traces.getTracer(manifest.name, manifest.version);
  const meter = options.meter ?? metrics.getMeter(manifest.name, manifest.version);
  return { ...tracing(tracer), ...instrumentsOf(meter) };
}

function tracing(tracer: Tracer): Pick<Telemetry, "starting" | "segment"> {
  return {
    starting: (of, start) => {
      const options = { kind: SpanKind.PRODUCER, attributes: labels(of) };
      return tracer.startActiveSpan(`start ${of.workflow}`, options, (span) => closing(span, () => start(carrier())));
    },
    segment: (of, run, resultOf) => {
      const options = { kind: SpanKind.CONSUMER, attributes: { ...labels(of), ...place(of) } };
      const parent = of.trace === null ? context.active() : propagation.extract(context.active(), of.trace);
      return tracer.startActiveSpan(nameOf(of), options, parent, (span) =>
        closing(span, async () => {
          const value = await run(carrier());
          describe(span, resultOf(value));
          return value;
        }),
      );
    },
  };
}

const PREFIX: { readonly [Kind in SegmentLabels["kind"]]: string } = {
  step: "step ",
  compensation: "compensate ",
  into: "",
};

function nameOf({ kind, name }: SegmentLabels): string {
  return `${PREFIX[kind]}${name}`;
}

function labels({ module, workflow, queue }: Labels) {
  return { "durable.module": module, "durable.workflow": workflow, "durable.queue": queue };
}

function place({ executionId, rootId, kind, name, state, attempt }: SegmentLabels) {
  return {
    "durable.execution.id": executionId,
    "durable.root.id": rootId,
    "durable.kind": kind,
    "durable.step": name,
    "durable.state": state,
    "durable.attempt": attempt,
  };
}

/** The headers of the active span; null where there is none, or nobody has set up how they are written. */
function carrier(): TraceContext | null {
  const headers: { [header: string]: string } = {};
  propagation.inject(context.active(), headers);
  return Object.keys(headers).length === 0 ? null : headers;
}

function describe(span: Span, result: SegmentResult): void {
  span.setAttribute("durable.outcome", result.is);
  if (result.is === "suspended") span.setAttribute("durable.wait", result.on);
  if (result.is !== "error") return;
  const { type, message } = result.error;
  span.setAttribute("error.type", type);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

async function closing<T>(span: Span, code: () => Promise<T>): Promise<T> {
  try {
    return await code();
  } catch (thrown) {
    span.recordException(thrown instanceof Error ? thrown : String(thrown));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw thrown;
  } finally {
    span.end();
  }
}
