/** Lists, tuples, maps and the pairs in them. */
import type { Collection, Form, Key, Options, Pair } from "../forms.ts";
import {
  broken,
  type Doc,
  empty,
  flexSpace,
  group,
  inParentheses,
  joined,
  line,
  mayBreak,
  mustFit,
  nest,
  sequence,
  space,
  surrounded,
  text,
  withComma,
} from "../layout/doc.ts";
import { breaksInside, isOpen } from "./choices.ts";
import { formDoc } from "./form.ts";
import { type Entry, type Range, withComments } from "./lists.ts";
import { textDoc } from "./texts.ts";
import type { Standing, Writer } from "./writer.ts";

export function collectionDoc(writer: Writer, form: Collection): Doc {
  if (form.kind === "tuple") return tupleDoc(writer, form);
  const base = form.base ? baseDoc(writer, form.base) : null;
  const { doc } = itemsDoc(writer, form.items, rangeOf(form), isOpen(writer, form) ? line : space);
  return surrounded(form.opening, base ? sequence(base, space, "| ", nest(doc, 2)) : doc, form.closing);
}

function baseDoc(writer: Writer, base: Form): Doc {
  const doc = formDoc(writer, base, "argument");
  return base.kind === "binary" ? inParentheses(doc) : doc;
}

/** A tuple that is too long goes on below its first item. */
function tupleDoc(writer: Writer, form: Collection): Doc {
  const { doc, onLines } = itemsDoc(writer, form.items, rangeOf(form), isOpen(writer, form) ? line : flexSpace);
  if (onLines || form.items.length === 0) return surrounded("{", doc, "}");
  return group(sequence(nest(sequence("{", doc), 1), "}"));
}

/** `{A, B}` after `alias Shop.`. */
export function membersDoc(writer: Writer, items: readonly Form[], range: Range, open: boolean): Doc {
  return surrounded("{", itemsDoc(writer, items, range, open ? line : space).doc, "}");
}

function rangeOf({ line, to }: Collection): Range {
  return { from: line, to };
}

function itemsDoc(writer: Writer, items: readonly Form[], range: Range, separator: Doc) {
  return separated(writer, items, range, separator, "none", (item) => formDoc(writer, item, "argument"));
}

/** What becomes of the last of several arguments: whether it may break inside, and whether a comma follows. */
export type LastItem = "none" | "comma" | "mayBreak";

/** Things with commas between, on one line or each on its own. */
export function separated(
  writer: Writer,
  items: readonly Form[],
  range: Range,
  separator: Doc,
  lastItem: LastItem,
  write: (item: Form) => Doc,
  /** The first comes right after a name, where no comment can stand. */
  firstIsFixed = false,
): { readonly doc: Doc; readonly onLines: boolean } {
  const entryOf = (item: Form, isLast: boolean): Entry => {
    const doc = write(item);
    const withItsComma = !isLast || lastItem === "comma" ? withComma(doc) : doc;
    return { doc: isLast && lastItem === "mayBreak" ? mayBreak(doc) : withItsComma, roomy: false, newlines: 1 };
  };
  const [first, ...others] = items;
  const fixed = firstIsFixed && first ? [entryOf(first, others.length === 0)] : [];
  const { docs, commented } = withComments(writer, fixed.length > 0 ? others : items, range, entryOf, fixed);
  if (docs.length === 0) return { doc: empty, onLines: false };
  const onLines = separator === line || commented;
  return { doc: onLines ? broken(joined(docs, line)) : joined(docs, separator), onLines };
}

export function pairDoc(writer: Writer, { key, value }: Pair, standing: Standing): Doc {
  const left = key.kind === "key" ? keyDoc(writer, key) : arrowKeyDoc(writer, key, standing);
  const inside = breaksInside(writer, value);
  const right = formDoc(writer, value, standing);
  const after = nest(
    sequence(key.kind === "key" ? "" : " =>", space, group(inside ? mayBreak(right) : right)),
    2,
    true,
  );
  const whole = sequence(group(left), group(after));
  return inside ? mustFit(whole) : whole;
}

function keyDoc(writer: Writer, { text: key }: Key): Doc {
  return typeof key === "string" ? text(key) : textDoc(writer, key);
}

function arrowKeyDoc(writer: Writer, key: Form, standing: Standing): Doc {
  const doc = formDoc(writer, key, standing);
  return key.kind === "binary" ? inParentheses(doc) : doc;
}

export function optionsDoc(writer: Writer, { pairs }: Options, standing: Standing): Doc {
  const docs = pairs.map((pair) => formDoc(writer, pair, standing));
  return joined(docs, sequence(",", space));
}
