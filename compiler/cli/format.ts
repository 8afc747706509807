/** Forms of a report: `human` goes to stderr, those for machines to stdout. */
import { Option } from "commander";

const formats = ["human", "json", "github", "sarif"] as const;

export type Format = (typeof formats)[number];

export interface FormatOptions {
  readonly format: Format;
  readonly json?: true;
}

export function formatOptions(): Option[] {
  return [
    new Option("--format <form>", "how to report what is found").choices(formats).default("human"),
    new Option("--json", "short for --format json"),
  ];
}

export function formatOf({ format, json }: FormatOptions): Format {
  return json ? "json" : format;
}
