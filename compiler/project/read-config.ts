/** Reads `durable.config.json`: JSON with comments. Every mistake in it is a diagnostic at its place in the file. */
import { dirname } from "node:path";
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import { boolean, type core, minLength, enum as oneOf, partial, record, strictObject, string } from "zod/mini";
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import { fixedSeverity, invalidJson, invalidValue, unknownOption, unknownRule } from "../diagnostics/catalog/config.ts";
import type { AnyRule } from "../diagnostics/catalog/index.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Location, SourceText, Span } from "../source/source.ts";
import { CONFIG_FILE, type Config, defaultConfig } from "./config.ts";

const options = {
  $schema: string(),
  modules: record(string(), string().check(minLength(1))),
  rules: record(string(), oneOf(["error", "warning", "off"])),
  strict: boolean(),
  out: string().check(minLength(1)),
  root: string().check(minLength(1)),
};

const schema = partial(strictObject(options));

type Issue = core.$ZodIssue;

/** `absolutePath` is the file's own; options with mistakes keep their defaults. */
export function readConfig(
  source: SourceText,
  absolutePath: string,
  rules: readonly AnyRule[],
  bag: DiagnosticBag,
): Config {
  const defaults = defaultConfig(dirname(absolutePath));
  const tree = parseConfig(source, bag);
  if (tree === null) return defaults;
  const parsed = schema.safeParse(getNodeValue(tree));
  if (!parsed.success) {
    for (const issue of parsed.error.issues) reportIssue(issue, source, tree, bag);
    return defaults;
  }
  reportRules(parsed.data.rules ?? {}, source, tree, rules, bag);
  const { modules, rules: severities, strict, out, root } = parsed.data;
  return {
    folder: defaults.folder,
    modules: modules ?? defaults.modules,
    rules: severities ?? defaults.rules,
    strict: strict ?? defaults.strict,
    out: out ?? defaults.out,
    root: root ?? ".",
  };
}

function parseConfig(source: SourceText, bag: DiagnosticBag): Node | null {
  const errors: ParseError[] = [];
  const tree = parseTree(source.text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first === undefined && tree !== undefined) return tree;
  const span = first === undefined ? { start: 0, end: 0 } : { start: first.offset, end: first.offset + first.length };
  bag.report(invalidJson, { source, span }, { expected: first === undefined ? "it is empty" : describe(first) });
  return null;
}

/** `CommaExpected` → "comma expected". */
function describe({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/\B[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}

function reportIssue(issue: Issue, source: SourceText, tree: Node, bag: DiagnosticBag): void {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    for (const option of issue.keys) {
      const suggestion = suggest(option, Object.keys(options));
      bag.report(unknownOption, keyPlace(source, tree, [...path, option]), { option, suggestion });
    }
    return;
  }
  const option = path.at(-1) ?? CONFIG_FILE;
  bag.report(invalidValue, valuePlace(source, tree, path), { option, expected: expectedOf(issue) });
}

function expectedOf(issue: Issue): string {
  if (issue.code === "invalid_value")
    return issue.values
      .map((value) => `"${String(value)}"`)
      .join(", ")
      .replace(/, ([^,]*)$/, " or $1");
  if (issue.code === "invalid_type") return kinds[issue.expected] ?? issue.expected;
  return "a text that is not empty";
}

const kinds: { readonly [expected: string]: string } = {
  string: "a text",
  boolean: "`true` or `false`",
  object: "an object",
  record: "an object",
};

/** Severities for what does not exist, and for errors by nature, which no setting can soften. */
function reportRules(
  severities: Config["rules"],
  source: SourceText,
  tree: Node,
  rules: readonly AnyRule[],
  bag: DiagnosticBag,
): void {
  const codes = rules.map(({ code }) => code);
  for (const [code, severity] of Object.entries(severities)) {
    const place = keyPlace(source, tree, ["rules", code]);
    const known = rules.find((candidate) => candidate.code === code);
    if (known === undefined) bag.report(unknownRule, place, { code, suggestion: suggest(code, codes) });
    else if (known.severity === "error" && severity !== "error") bag.report(fixedSeverity, place, { code });
  }
}

function valuePlace(source: SourceText, tree: Node, path: readonly string[]): Location {
  return { source, span: spanOf(findNodeAtLocation(tree, [...path]) ?? tree) };
}

function keyPlace(source: SourceText, tree: Node, path: readonly string[]): Location {
  const property = findNodeAtLocation(tree, [...path])?.parent;
  return { source, span: spanOf(property?.children?.[0] ?? tree) };
}

function spanOf({ offset, length }: Node): Span {
  return { start: offset, end: offset + length };
}
