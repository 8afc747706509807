/**
 * Answers about definitions that rest on the answers about what they call. They are found from the bottom of the call
 * graph up, and found again only where something has changed that they rest on. An answer that comes out as it was stops
 * a change from going further: what calls the definition need not be looked at.
 */
import type { DiagnosticBag } from "../diagnostics/bag.ts";
import type { Circle } from "./circles.ts";
import type { Definition } from "./definition.ts";

export interface Analysis<Answer> {
  /**
   * What the answers about a circle rest on, besides those about what it calls: while these are the same objects, the
   * answers hold.
   */
  readonly grounds: (circle: Circle) => readonly unknown[];
  /** Finds the answers about a circle's members; `answerOf` tells those about what they call. */
  readonly answer: (
    circle: Circle,
    answerOf: (callee: Definition) => Answer,
    bag: DiagnosticBag,
  ) => ReadonlyMap<Definition, Answer>;
  readonly same: (before: Answer, now: Answer) => boolean;
}

/** Finds what is not known any more; `circles` are all there are, callees first. What it found before stays as it is. */
export type BottomUp<Answer> = (circles: readonly Circle[]) => Answers<Answer>;

export interface Answers<Answer> {
  readonly of: (definition: Definition) => Answer;
  /** What was found on the way, circle by circle. */
  readonly bags: () => readonly DiagnosticBag[];
  /** What stands for the finding of the answer: another object each time that it was looked for. */
  readonly findingOf: (definition: Definition) => object;
}

interface Finding<Answer> {
  readonly members: readonly Definition[];
  readonly grounds: readonly unknown[];
  readonly answers: ReadonlyMap<Definition, Answer>;
  readonly bag: DiagnosticBag;
}

export function bottomUp<Answer>(
  { grounds, answer, same }: Analysis<Answer>,
  createBag: () => DiagnosticBag,
): BottomUp<Answer> {
  let findings: ReadonlyMap<Definition, Finding<Answer>> = new Map();

  /** An answer that is as it was stays the same object. */
  const find = (circle: Circle, now: readonly unknown[], answerOf: (callee: Definition) => Answer) => {
    const bag = createBag();
    const found = [...answer(circle, answerOf, bag)].map(([definition, fresh]): [Definition, Answer] => {
      const before = findings.get(definition)?.answers.get(definition);
      return [definition, before !== undefined && same(before, fresh) ? before : fresh];
    });
    return { members: circle.members, grounds: now, answers: new Map(found), bag };
  };

  return (circles) => {
    const next = new Map<Definition, Finding<Answer>>();
    const answerOf = (definition: Definition) => next.get(definition)!.answers.get(definition)!;
    for (const circle of circles) {
      const { members, callees } = circle;
      const now = [...grounds(circle), ...callees, ...callees.map(answerOf)];
      const before = findings.get(members[0]!);
      const holds = before && isSameList(before.members, members) && isSameList(before.grounds, now);
      const finding = holds ? before : find(circle, now, answerOf);
      for (const member of members) next.set(member, finding);
    }
    findings = next;
    return {
      of: answerOf,
      bags: () => [...new Set(next.values())].map(({ bag }) => bag),
      findingOf: (definition) => next.get(definition)!,
    };
  };
}

/** Keeps what was computed while its grounds are the same objects. */
export function remember<Key extends object, Value>(): (
  key: Key,
  grounds: readonly unknown[],
  compute: (before: Value | null) => Value,
) => Value {
  const known = new WeakMap<Key, { readonly grounds: readonly unknown[]; readonly value: Value }>();
  return (key, grounds, compute) => {
    const before = known.get(key);
    if (before && isSameList(before.grounds, grounds)) return before.value;
    const value = compute(before?.value ?? null);
    known.set(key, { grounds, value });
    return value;
  };
}

export function isSameList(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}
