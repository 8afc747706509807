/** Diagnostics for a person at a terminal: what is wrong, the code it is wrong in, and the one thing to do about it. */
import pc from "picocolors";
import { positionAt } from "../../source/position.ts";
import type { Location, SourceText } from "../../source/source.ts";
import type { Diagnostic, Severity } from "../diagnostic.ts";
import { type FramePainter, frameRows, type Mark, numberWidthOf } from "./frame.ts";

export interface HumanOptions {
  readonly colors: boolean;
}

type Colors = ReturnType<typeof pc.createColors>;

interface Frame {
  readonly source: SourceText;
  readonly at: Location;
  readonly marks: readonly Mark[];
}

/** One diagnostic as a block of lines, without a final line break. */
export function renderDiagnostic(diagnostic: Diagnostic, options: HumanOptions): string {
  const colors = pc.createColors(options.colors);
  const accent = accentOf(diagnostic.severity, colors);
  const frames = framesOf(diagnostic);
  const numberWidth = Math.max(...frames.map(({ source, marks }) => numberWidthOf(source, marks)));
  const margin = " ".repeat(numberWidth + 2);
  const paint = painterOf(colors, accent);
  return [
    `${accent(colors.bold(diagnostic.severity))}${colors.dim(`[${diagnostic.code}]`)} ${prose(diagnostic.message, "", colors)}`,
    ...frames.flatMap((frame, index) => [
      paint.gutter(`${margin}${index === 0 ? "╭" : "├"}─ `) + colors.cyan(placeOf(frame.at)),
      paint.gutter(`${margin}│`),
      ...frameRows(frame.source, frame.marks, numberWidth, paint),
      paint.gutter(`${margin}│`),
    ]),
    `${paint.gutter(`${margin}╰─`)} ${colors.green("help:")} ${prose(diagnostic.help, `${margin}         `, colors)}`,
  ].join("\n");
}

/** All of them, a blank line between. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: HumanOptions): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, options)).join("\n\n");
}

/** The primary source first; related places in it share its frame, those elsewhere get one for each file. */
function framesOf({ location, related }: Diagnostic): Frame[] {
  const marks = new Map<SourceText, Mark[]>([[location.source, [{ span: location.span, kind: "primary", label: "" }]]]);
  const at = new Map<SourceText, Location>([[location.source, location]]);
  for (const { message, location: place } of related) {
    if (!marks.has(place.source)) {
      marks.set(place.source, []);
      at.set(place.source, place);
    }
    marks.get(place.source)!.push({ span: place.span, kind: "related", label: message });
  }
  return [...marks].map(([source, own]) => ({ source, at: at.get(source)!, marks: own }));
}

function placeOf({ source, span }: Location): string {
  const { line, column } = positionAt(source, span.start);
  return `${source.path}:${line}:${column}`;
}

/** Further lines are indented to stand below the first; what is in backticks stands out. */
function prose(text: string, indent: string, colors: Colors): string {
  const lines = text.split("\n");
  return lines.map((line) => line.replace(/`[^`]+`/g, (code) => colors.cyan(code))).join(`\n${indent}`);
}

function accentOf(severity: Severity, colors: Colors): (text: string) => string {
  return severity === "error" ? colors.red : colors.yellow;
}

function painterOf(colors: Colors, accent: (text: string) => string): FramePainter {
  return {
    gutter: colors.dim,
    context: colors.dim,
    mark: (kind, text) => (kind === "primary" ? accent(text) : colors.blue(text)),
  };
}
