/** Calls: with parentheses or without, their arguments, and the blocks that follow. */
import type { Access, Binary, Call, Form, Pair, Section } from "../forms.ts";
import {
  broken,
  type Doc,
  empty,
  group,
  inParentheses,
  isEmpty,
  line,
  mayBreak,
  mustFit,
  nest,
  sequence,
  softBreak,
  space,
  surrounded,
  text,
  ungrouped,
} from "../layout/doc.ts";
import { sectionDoc } from "./bodies.ts";
import { breaksInside, isOpen, onLinesOfTheirOwn } from "./choices.ts";
import { collectionDoc, membersDoc, separated } from "./collections.ts";
import { formDoc } from "./form.ts";
import { operandInParentheses } from "./operators.ts";
import { writtenBare } from "./words.ts";
import type { Standing, Writer } from "./writer.ts";

/** When a call is written without parentheses. */
type Parentheses = "always" | "unlessBlock" | "unlessArgument";

export function callDoc(writer: Writer, call: Call, standing: Standing): Doc {
  const { callee } = call;
  switch (callee.kind) {
    case "local": {
      const parentheses = call.parentheses
        ? "always"
        : writtenBare(callee.name, arity(call))
          ? "unlessArgument"
          : "unlessBlock";
      return withArguments(writer, call, text(callee.name), parentheses, standing);
    }
    case "attribute":
      return withArguments(writer, call, text(callee.name), "unlessArgument", standing);
    case "remote": {
      const target = sequence(targetDoc(writer, callee.target), `.${callee.name}`);
      return isField(call) ? target : withArguments(writer, call, target, "unlessBlock", standing);
    }
    case "anonymous":
      return withArguments(writer, call, sequence(targetDoc(writer, callee.target), "."), "unlessBlock", standing);
    case "result":
      return withArguments(writer, call, formDoc(writer, callee.target, "bareArgument"), "always", standing);
    case "members": {
      const members = membersDoc(writer, call.args, { from: call.line, to: call.to }, isOpen(writer, call));
      return sequence(targetDoc(writer, callee.target), ".", members);
    }
  }
}

function arity({ args, options, sections }: Call): number {
  return args.length + (options.length > 0 ? 1 : 0) + (sections.length > 0 ? 1 : 0);
}

/** `data.total`: no call, where what stands before the dot is no module. */
function isField({ callee, args, options, sections, parentheses }: Call): boolean {
  if (parentheses || args.length + options.length + sections.length > 0) return false;
  return callee.kind === "remote" && !isModule(callee.target);
}

function isModule(form: Form): boolean {
  return form.kind === "word" && (form.role === "module" || form.role === "atom");
}

function targetDoc(writer: Writer, target: Form): Doc {
  const doc = formDoc(writer, target, "bareArgument");
  return target.kind === "fn" ? inParentheses(doc) : operandInParentheses(doc, target);
}

export function accessDoc(writer: Writer, { target, index }: Access): Doc {
  return sequence(targetDoc(writer, target), collectionDoc(writer, index));
}

function withArguments(writer: Writer, call: Call, callee: Doc, parentheses: Parentheses, standing: Standing): Doc {
  if (call.sections.length > 0) {
    const bare = parentheses !== "always";
    const hasArguments = call.args.length + call.options.length > 0;
    const head = hasArguments || (call.parentheses && !bare) ? argumentsDoc(writer, call, bare, " do") : text(" do");
    const doc = broken(sequence(callee, head, sectionsDoc(writer, call.sections), line, "end"));
    return standing === "bareArgument" || standing === "bareAlone" ? inParentheses(doc) : doc;
  }
  const isArgument = standing === "argument" || standing === "bareArgument";
  return sequence(callee, argumentsDoc(writer, call, parentheses === "unlessArgument" && !isArgument, ""));
}

function sectionsDoc(writer: Writer, sections: readonly Section[]): Doc {
  return sequence(
    ...sections.flatMap(({ word, body }, index) => {
      const head = index === 0 ? empty : text(word);
      const doc = sectionDoc(writer, body);
      const section = isEmpty(doc) ? head : nest(sequence(head, line, doc), 2);
      return index === 0 ? [section] : [line, section];
    }),
  );
}

/** The arguments, and `after` them what must stay on their line. */
function argumentsDoc(writer: Writer, call: Call, bare: boolean, after: string): Doc {
  const { args, pairs } = withKeywords(call);
  const all: readonly Form[] = [...args, ...pairs];
  if (all.length === 0) {
    const { doc } = separated(writer, [], { from: call.line, to: call.to }, space, "none", never);
    return sequence(surrounded("(", doc, ")"), after);
  }
  const [given, breaks] =
    args.length > 0 && pairs.length > 0 && !args.some(isGenerator)
      ? [keywordArguments(writer, call, args, pairs, bare), true]
      : plainArguments(writer, call, all, bare, pairs.length > 0);
  const hanging = args.length > 0 && pairs.length > 0 && bare && !all.some(isGenerator);
  const inside = bare
    ? sequence(hanging ? nest(sequence(" ", given), 2) : sequence(" ", given), after)
    : sequence(nest(sequence("(", softBreak), 2, true), given, ")", after);
  return breaks ? mustFit(group(inside)) : group(inside);
}

function never(): Doc {
  return empty;
}

/** A list of pairs as last argument is written as keywords. */
function withKeywords({ args, options, callee }: Call): {
  readonly args: readonly Form[];
  readonly pairs: readonly Pair[];
} {
  const last = args.at(-1);
  if (options.length > 0 || callee.kind === "attribute" || last?.kind !== "list") return { args, pairs: options };
  const pairs = last.items.filter((item) => item.kind === "pair");
  const isKeywords = pairs.length > 0 && pairs.length === last.items.length;
  return isKeywords ? { args: args.slice(0, -1), pairs } : { args, pairs: [] };
}

function isGenerator(form: Form): form is Binary {
  return form.kind === "binary" && form.operator === "<-";
}

/** Keywords after other arguments break together, while those may stay on the line. */
function keywordArguments(
  writer: Writer,
  call: Call,
  args: readonly Form[],
  pairs: readonly Pair[],
  bare: boolean,
): Doc {
  const standing = bare ? "bareArgument" : "argument";
  const write = (form: Form) => formDoc(writer, form, standing);
  const before = onLinesOfTheirOwn(writer, args) || isOpen(writer, call) ? line : space;
  const range = { from: call.line, to: call.to };
  const left = separated(writer, args, { ...range, to: 0 }, before, "comma", write, bare).doc;
  const apart =
    onLinesOfTheirOwn(writer, pairs) || onLinesOfTheirOwn(writer, [...args, ...pairs]) || isOpen(writer, call);
  const between = apart ? line : space;
  const right = sequence(between, separated(writer, pairs, range, between, "none", write).doc);
  if (bare) return nest(sequence(left, mayBreak(group(right, true))), "cursor", true);
  const closing = mayBreak(group(sequence(nest(right, 2, true), softBreak), true));
  return sequence(nest(left, 2, true), closing);
}

function plainArguments(
  writer: Writer,
  call: Call,
  all: readonly Form[],
  bare: boolean,
  keywords: boolean,
): readonly [Doc, boolean] {
  const alone = call.args.length === 1 && all.length === 1 && !keywords;
  const standing = alone ? (bare ? "bareAlone" : "alone") : bare ? "bareArgument" : "argument";
  const apart = onLinesOfTheirOwn(writer, all) || (all.length > 1 && isOpen(writer, call));
  const last = all.at(-1)!;
  const inside = !apart && !keywords && breaksInside(writer, last);
  const write = (form: Form) => formDoc(writer, form, standing);
  const range = { from: call.line, to: call.to };
  const { doc } = separated(writer, all, range, apart ? line : space, inside ? "mayBreak" : "none", write, bare);
  const open = ungrouped(doc);
  return [bare ? nest(open, "cursor", true) : sequence(nest(open, 2, true), softBreak), inside];
}
