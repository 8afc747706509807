/** What the client and the workers of one `createDurable` have in common. */
import { DEFAULT_MAX_PAYLOAD_BYTES } from "./payload.ts";
import { SILENT, type Telemetry } from "./telemetry.ts";

export interface Settings {
  /** Of one value as JSON text: an input, an event, an answer, a step's data. Default 4 MiB. */
  readonly maxPayloadBytes: number;
  /** Told what happens; see `@durablec/runtime/opentelemetry`. Default: nobody is. */
  readonly telemetry: Telemetry;
}

export const DEFAULT_SETTINGS: Settings = { maxPayloadBytes: DEFAULT_MAX_PAYLOAD_BYTES, telemetry: SILENT };
