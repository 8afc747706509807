/**
 * The check of a body, kept while nothing that it rests on is another than before. In the data that the body is given this
 * is only what it looks into, so that a change in one step is checked in those that have to do with it.
 */
import type { Fn } from "../../ast/nodes.ts";
import { isSameList } from "../../calls/bottom-up.ts";
import type { DiagnosticBag } from "../../diagnostics/bag.ts";
import type { Location } from "../../source/source.ts";
import { sameType } from "../same.ts";
import { holdsFunction } from "../shape.ts";
import type { RecordOf, Type } from "../type.ts";
import type { BodyContext } from "./body.ts";
import type { UnknownKeyReport } from "./frame.ts";
import { createSites } from "./sites.ts";
import { createSlots, refill, type Slots, withoutSlots } from "./slots.ts";

/** One way out of a body; what it goes on with may be any value of a condition. */
export interface End<Data extends Type = Type> {
  readonly data: Data;
  readonly target: string | null;
}

/** What was found of a body. */
export interface KeptBody {
  readonly grounds: readonly unknown[];
  readonly data: RecordOf;
  /** Null until the body has been checked for other data than at first: most programs are checked once. */
  readonly slots: Slots | null;
  /** With slots in them, where there are any. */
  readonly given: readonly End[];
  /** The same with what is in the slots now. */
  readonly ends: readonly End[];
  readonly unknownKeys: readonly UnknownKeyReport[];
  readonly place: Location;
  readonly bag: DiagnosticBag;
}

type Find<Data extends Type> = (data: RecordOf, context: BodyContext) => readonly End<Data>[];

/** `given` is what the body is given besides the data. */
export function endsOf<Data extends Type>(
  body: Fn,
  data: RecordOf,
  given: readonly Type[],
  context: BodyContext,
  find: Find<Data>,
): readonly End<Data>[] {
  const { bodies, bag } = context.checker;
  const place = { source: context.module.file.source, span: { ...body.span } };
  const grounds = [...context.grounds, ...given];
  const before = bodies.get(body);
  const kept = before && isSameList(before.grounds, grounds) ? keep(before, data, place, context) : null;
  const known = kept ?? findAnew(data, before !== undefined, { grounds, place }, context, find);
  bodies.set(body, known);
  bag.add(known.bag);
  context.unknownKeys.push(...known.unknownKeys);
  return known.ends as readonly End<Data>[];
}

function keep(before: KeptBody, data: RecordOf, place: Location, { checker }: BodyContext): KeptBody | null {
  const bag = before.bag.moved(before.place, place);
  if (!bag) return null;
  const isSame = data === before.data || (!before.slots && sameType(data, before.data, checker));
  if (isSame) return { ...before, place, bag };
  if (!before.slots || !refill(before.slots, data, checker)) return null;
  return { ...before, place, bag, data, ends: filled(before.given)! };
}

function findAnew(
  data: RecordOf,
  again: boolean,
  { grounds, place }: Pick<KeptBody, "grounds" | "place">,
  context: BodyContext,
  find: Find<Type>,
): KeptBody {
  const findFor = (slots: Slots | null): KeptBody | null => {
    const bag = context.checker.createBag();
    const unknownKeys: UnknownKeyReport[] = [];
    const checker = { ...context.checker, bag, sites: createSites() };
    const given = find(slots?.record ?? data, { ...context, checker, unknownKeys });
    const ends = slots ? filled(given) : given;
    return ends && { grounds, data, slots, given, ends, unknownKeys, place, bag };
  };
  const { origins, watch } = context.checker;
  // Input that is declared to be a function is left to the check of the body.
  const slots = again && !holdsFunction(data) && !origins.has(data) ? createSlots(data, watch) : null;
  return (slots && findFor(slots)) ?? findFor(null)!;
}

/** Null where a body stores its data as a whole, inside of something else. */
function filled(ends: readonly End[]): readonly End[] | null {
  const all = ends.map(({ data, target }) => ({ data: withoutSlots(data), target }));
  return all.every((end): end is End => end.data !== null) ? all : null;
}
