/** From the table of rules to functions that read: one for each part of each rule, made once. */

import type { IToken } from "chevrotain";
import type { CstNode } from "../tree.ts";
import { idsOf, labelOf, typeCount } from "../vocabulary.ts";
import { wanted } from "./expectations.ts";
import { type Firsts, firstsOf } from "./firsts.ts";
import { Reading } from "./reading.ts";
import { isToken, type Rules, type Shape } from "./shapes.ts";

type Read = (at: Reading) => void;

/** Whether a part is to be read here. */
type Enters = (at: Reading) => boolean;

interface Compiler {
  readonly firsts: Firsts;
  /** Reads what a rule names; rules are compiled when they are first read, as they name each other. */
  readonly rule: (name: string) => Read;
}

/** A parser for `start`; it throws a `Mistake` for the first token that cannot stand where it does. */
export function compile(rules: Rules, start: string): (tokens: readonly IToken[]) => CstNode {
  const compiled = new Map<string, Read>();
  const compiler: Compiler = {
    firsts: firstsOf(rules),
    rule: (name) => {
      const read = compiled.get(name) ?? ruleOf(compiler, name, rules[name]!);
      compiled.set(name, read);
      return read;
    },
  };
  return (tokens) => {
    const at = new Reading(tokens);
    compiler.rule(start)(at);
    return at.end();
  };
}

function ruleOf(compiler: Compiler, name: string, shape: Shape): Read {
  let read: Read | null = null;
  return (at) => {
    read ??= readOf(compiler, shape, name);
    const opened = at.open(name);
    const { startOffset } = at.next;
    read(at);
    at.close(name, opened, startOffset);
  };
}

function readOf(compiler: Compiler, shape: Shape, rule: string): Read {
  if (typeof shape === "string") return isToken(shape) ? tokenOf(shape) : compiler.rule(shape);
  switch (shape.kind) {
    case "sequence":
      return sequenceOf(shape.parts.map((part) => readOf(compiler, part, rule)));
    case "choice":
      return choiceOf(compiler, shape.parts, rule);
    case "optional":
      return optionalOf(entersOf(compiler, shape.part), readOf(compiler, shape.part, rule));
    case "repeated":
      return repeatedOf(entersOf(compiler, shape.part), readOf(compiler, shape.part, rule));
    case "gated":
      return readOf(compiler, shape.part, rule);
    case "bracketed":
      return bracketedOf(readOf(compiler, shape.part, rule));
    case "bare":
      return bareOf(readOf(compiler, shape.part, rule));
  }
}

function tokenOf(name: string): Read {
  const accepted = tableOf(idsOf(name));
  const expected = labelOf(name);
  return (at) => {
    if (accepted[at.next.tokenTypeIdx] === 1) at.take(name);
    else at.fail(expected);
  };
}

function sequenceOf(parts: readonly Read[]): Read {
  return (at) => {
    for (const read of parts) read(at);
  };
}

function choiceOf(compiler: Compiler, shapes: readonly Shape[], rule: string): Read {
  const alternatives = shapes.map((shape) => ({
    enters: entersOf(compiler, shape),
    read: readOf(compiler, shape, rule),
  }));
  const expected = wanted[rule] ?? "a value";
  return (at) => {
    for (const { enters, read } of alternatives) {
      if (enters(at)) {
        read(at);
        return;
      }
    }
    at.fail(expected);
  };
}

function optionalOf(enters: Enters, read: Read): Read {
  return (at) => {
    if (enters(at)) read(at);
  };
}

function repeatedOf(enters: Enters, read: Read): Read {
  return (at) => {
    while (enters(at)) read(at);
  };
}

function bracketedOf(read: Read): Read {
  return (at) => {
    const outer = at.refusesDo;
    at.refusesDo = false;
    read(at);
    at.refusesDo = outer;
  };
}

function bareOf(read: Read): Read {
  return (at) => {
    const outer = at.refusesDo;
    at.refusesDo = true;
    at.bareCalls++;
    read(at);
    at.refusesDo = outer;
    at.bareCalls--;
  };
}

/** What may be empty is always entered. */
function entersOf({ firsts }: Compiler, shape: Shape): Enters {
  const { ids, empty } = firsts(shape);
  const gate = typeof shape !== "string" && shape.kind === "gated" ? shape.gate : null;
  if (empty) return gate ?? (() => true);
  const begins = tableOf(ids);
  return gate ? (at) => begins[at.next.tokenTypeIdx] === 1 && gate(at) : (at) => begins[at.next.tokenTypeIdx] === 1;
}

/** By the number of a token's type, whether it is one of these. */
function tableOf(ids: Iterable<number>): Uint8Array {
  const table = new Uint8Array(typeCount);
  for (const id of ids) table[id] = 1;
  return table;
}
