/**
 * Random bodies of a step. They are well typed, because texts, lists of texts and conditions are told apart, and need
 * nothing but `data` and the functions of module.ts.
 */
import * as fc from "fast-check";
import { blockOf, type Code, type Definition, fill, type Sort, withName } from "./code.ts";

type Part = fc.Arbitrary<Code>;

interface Grammar {
  readonly text: Code;
  readonly list: Code;
  readonly condition: Code;
  readonly definition: Definition;
  /** Definitions, and a text after them. */
  readonly block: Code;
}

type Parts = { readonly [K in keyof Grammar]: fc.Arbitrary<Grammar[K]> };

function form(text: string, ...parts: readonly Part[]): Part {
  return fc.tuple(...parts).map(
    (codes): Code =>
      (scope) =>
        fill(text, codes, scope),
  );
}

/** A part for which some texts more are in scope. */
function given(names: string, part: Part): Part {
  const inside = (code: Code): Code => {
    return (scope) => code(names.split(" ").reduce((known, name) => withName(known, "texts", name), scope));
  };
  return part.map(inside);
}

const literal = fc.constantFrom("a", "b", "c!", "", "a!").map(
  (word): Code =>
    () =>
      JSON.stringify(word),
);

/** One of the variables in scope, or else what the step is given. */
function variable(sort: Sort, otherwise: string): Part {
  return fc.nat({ max: 5 }).map((index): Code => {
    return (scope) => scope[sort][index % Math.max(1, scope[sort].length)] ?? otherwise;
  });
}
const someText = variable("texts", "data.word");
const someList = variable("lists", "data.list");

/** Texts that wait, by themselves or in a function. */
function waits({ text, list }: Parts): Part[] {
  return [
    form("wait($1)", text),
    form("wait($1)", literal),
    form("$1 |> wait()", text),
    ...["ask", "pick", "guarded", "again"].map((name) => form(`${name}($1)`, text)),
    form("again($1, $2)", text, text),
    form("both({$1, $2})", text, text),
    form('Enum.join(gather($1), ",")', list),
  ];
}

function choices({ text, list, condition, block }: Parts): Part[] {
  return [
    form("if $1 do\n  $2\nelse\n  $3\nend", condition, block, block),
    form("unless $1 do\n  $2\nelse\n  $3\nend", condition, block, block),
    form("if($1, do: $2, else: $3)", condition, text, text),
    form("inspect(if $1 do\n  $2\nend)", condition, block),
    form(
      'case $1 do\n  "a" ->\n    $2\n  x when x > "b" ->\n    $3\n  _ ->\n    $4\nend',
      text,
      block,
      given("x", block),
      block,
    ),
    form(
      "case tagged($1) do\n  {:ok, x} ->\n    $2\n  {:error, y} ->\n    $3\nend",
      text,
      given("x", block),
      given("y", block),
    ),
    form('case data.word do\n  "b" ->\n    $1\n  x when x == $2 ->\n    $3\nend', block, someText, given("x", block)),
    form(
      "case $1 do\n  [x, y | _] -> $2\n  [x] ->\n    $3\n  [] ->\n    $4\nend",
      list,
      given("x y", text),
      given("x", block),
      block,
    ),
    form(
      "cond do\n  $1 ->\n    $2\n  $3 ->\n    $4\n  true ->\n    $5\nend",
      condition,
      block,
      condition,
      block,
      block,
    ),
    form("cond do\n  $1 ->\n    $2\n  $3 ->\n    $4\nend", condition, block, condition, block),
    form("$1 || $2", text, text),
    form("inspect($1 && $2)", condition, text),
  ];
}

function bindings({ text, block }: Parts): Part[] {
  return [
    form(
      "with {:ok, x} <- tagged($1),\n     {:ok, y} <- tagged($2) do\n  $3\nelse\n  {:error, z} ->\n    $4\nend",
      text,
      given("x", text),
      given("x y", block),
      given("z", block),
    ),
    form('with x = $1,\n     "a" <- $2 do\n  $3\nend', text, given("x", text), given("x", block)),
    form(
      'with y when y != "a" <- $1 do\n  $2\nelse\n  "b" ->\n    $3\n  z ->\n    $4\nend',
      text,
      given("y", block),
      block,
      given("z", block),
    ),
  ];
}

/** `rescue`, `else` and `after` may not wait, so what stands there is `quiet`. */
function protections({ block }: Parts, quiet: Parts): Part[] {
  const rescuing = given("e.message", quiet.block);
  return [
    form("try do\n  $1\nrescue\n  e in RuntimeError ->\n    $2\nend", block, rescuing),
    form("try do\n  $1\nrescue\n  e ->\n    $2\nafter\n  $3\nend", block, rescuing, quiet.block),
    form(
      "try do\n  $1\nrescue\n  ArgumentError ->\n    $2\n  e in [MatchError, CaseClauseError] ->\n    $3\nend",
      block,
      quiet.block,
      rescuing,
    ),
    form("try do\n  $1\nafter\n  $2\nend", block, quiet.block),
    form(
      'try do\n  $1\nrescue\n  e ->\n    $2\nelse\n  "a" ->\n    $3\n  x ->\n    $4\nend',
      block,
      rescuing,
      quiet.block,
      given("x", quiet.block),
    ),
  ];
}

function folds({ text, list, condition, block }: Parts): Part[] {
  return [
    form("Enum.reduce($1, $2, fn x, y ->\n  $3\nend)", list, text, given("x y", block)),
    form(
      'Enum.reduce($1, $2, fn\n  "a", y -> $3\n  x, y when x > y -> $4\n  x, _ -> $5\nend)',
      list,
      text,
      given("y", text),
      given("x y", text),
      given("x", text),
    ),
    form("for x <- $1, reduce: $2 do\n  y ->\n    $3\nend", list, text, given("x y", block)),
    form(
      'for x <- $1, $2, reduce: $3 do\n  "a" -> $4\n  y -> $5\nend',
      list,
      given("x", condition),
      text,
      given("x", text),
      given("x y", text),
    ),
    form("Enum.find($1, fn x -> $2 end) || $3", list, given("x", condition), text),
    form("inspect(Enum.find($1, fn x ->\n  $2\n  $3\nend))", list, given("x", text), given("x", condition)),
    form("inspect(Enum.each($1, fn x ->\n  $2\nend))", list, given("x", block)),
    form("inspect(for x <- $1, into: %{} do\n  {x, $2}\nend)", list, given("x", text)),
  ];
}

function operations({ text, list, condition }: Parts): Part[] {
  return [
    form("note($1)", text),
    form("plain($1)", text),
    form("$1 <> $2", text, text),
    form("$1 <> $2 <> $3", text, text, text),
    form('"<#{$1}>"', text),
    form('"#{$1}, #{$2}"', text, text),
    form("String.upcase($1)", text),
    form('$1 |> String.replace("a", "o")', text),
    form("inspect({$1, $2})", text, list),
    form("inspect(%{k: $1, l: $2})", text, text),
    form("inspect(%{%{k: $1, l: $2} | l: $3})", text, text, text),
    form('Enum.join($1, "+")', list),
    form("inspect($1)", condition),
  ];
}

function lists({ text, list, condition, block }: Parts): Part[] {
  return [
    form("[$1]", text),
    form("[$1, $2]", text, text),
    form("[$1 | $2]", text, someList),
    form("$1 ++ $2", someList, list),
    form("Enum.reverse($1)", list),
    form("if $1 do\n  $2\nelse\n  $3\nend", condition, list, list),
    form("Enum.map($1, fn x ->\n  $2\nend)", list, given("x", block)),
    form(
      'Enum.map($1, fn\n  "a" -> $2\n  x when x > "b" -> $3\n  x -> $4\nend)',
      list,
      text,
      given("x", text),
      given("x", text),
    ),
    form("Enum.filter($1, fn x ->\n  $2\nend)", list, given("x", condition)),
    form("Enum.flat_map(Enum.take($1, 2), fn x -> $2 end)", list, given("x", list)),
    form("for x <- $1 do\n  $2\nend", list, given("x", block)),
    form('for(x <- $1, x != "b", $2, do: $3)', list, given("x", condition), given("x", text)),
    form(
      "for x when x != $1 <- Enum.take($2, 2), y <- Enum.take($3, 2) do\n  $4\nend",
      someText,
      list,
      given("x", list),
      given("x y", block),
    ),
    form("for {:ok, x} <- Enum.map($1, &tagged/1), uniq: true do\n  $2\nend", list, given("x", block)),
  ];
}

/** Only in code that waits: a capture may not stand in a capture. */
function captures({ list }: Parts): Part[] {
  return [
    form("Enum.map($1, &wait(&1))", list),
    form("Enum.map($1, &(&1 <> wait($2)))", list, someText),
    form("Enum.filter($1, &(wait(&1) == $2))", list, someText),
  ];
}

function conditions({ text, list, condition }: Parts): Part[] {
  const strict = fc.oneof(form('String.contains?($1, "!")', text), form("!$1", condition));
  return [
    form("$1 == $2", text, text),
    form("$1 > $2", text, text),
    form("$1 in $2", text, list),
    form("$1 and $2", strict, condition),
    form("$1 or $2", strict, condition),
    form("$1 && $2", condition, condition),
    form("$1 || $2", condition, condition),
    form("$1 == []", list),
    form("match?({:ok, _}, tagged($1))", text),
    strict,
  ];
}

function define(sort: Sort, pattern: string, ...parts: readonly Part[]): fc.Arbitrary<Definition> {
  const name = fc.constantFrom("a", "b", "c", "d");
  return fc.tuple(name, form(pattern, ...parts)).map(([chosen, code]) => ({
    code: (scope) => code(scope).replace("VAR", chosen),
    binds: { name: chosen, sort },
  }));
}

function act(text: string, ...parts: readonly Part[]): fc.Arbitrary<Definition> {
  return form(text, ...parts).map((code) => ({ code, binds: null }));
}

function definitions({ text, list, condition, block }: Parts, waiting: readonly Part[]): fc.Arbitrary<Definition>[] {
  return [
    define("texts", "VAR = $1", waiting.length > 0 ? fc.oneof(...waiting) : text),
    define("texts", "VAR = $1", text),
    define("lists", "VAR = $1", list),
    define("texts", "{:ok, VAR} = tagged($1)", text),
    define("texts", "{VAR, _} = {$1, $2}", text, text),
    define("texts", "%{k: VAR} = %{k: $1, l: $2}", text, text),
    define("texts", "[VAR | _] = $1", list),
    act("mark($1)", text),
    act("mark($1)", literal),
    act("$1", text),
    act("if $1 do\n  $2\nend", condition, block),
    act("for x <- $1 do\n  $2\nend", list, given("x", block)),
    act("for x <- $1, $2 do\n  $3\nend", list, given("x", condition), given("x", block)),
    act("Enum.each($1, fn x ->\n  $2\nend)", list, given("x", block)),
    act("if $1, do: raise($2)", condition, text),
    act("if $1 do\n  raise(ArgumentError, $2)\nend", condition, text),
  ];
}

/** However the sorts of code are nested in one another, a program stays small enough to be read. */
const depth = fc.createDepthIdentifier();
const limits = { depthIdentifier: depth, depthSize: "small", maxDepth: 5, withCrossShrink: true } as const;

/** With `quiet`, code that may wait everywhere but where the language forbids it; without, code that never waits. */
function grammar(quiet: Parts | null): Parts {
  return fc.letrec<Grammar>((tie) => {
    const parts = tie as unknown as <K extends keyof Grammar>(name: K) => Parts[K];
    const all: Parts = {
      text: parts("text"),
      list: parts("list"),
      condition: parts("condition"),
      definition: parts("definition"),
      block: parts("block"),
    };
    const waiting = quiet ? waits(all) : [];
    return {
      text: fc.oneof(
        limits,
        { weight: 12, arbitrary: fc.oneof(literal, someText, someText) },
        ...choices(all),
        ...bindings(all),
        ...protections(all, quiet ?? all),
        ...folds(all),
        ...operations(all),
        ...waiting.map((arbitrary) => ({ weight: 2, arbitrary })),
      ),
      list: fc.oneof(limits, { weight: 6, arbitrary: someList }, ...lists(all), ...(quiet ? captures(all) : [])),
      condition: fc.oneof(
        limits,
        fc.constantFrom("data.flag", "data.nothing").map(
          (text): Code =>
            () =>
              text,
        ),
        ...conditions(all),
      ),
      definition: fc.oneof(limits, ...definitions(all, waiting)),
      block: fc
        .tuple(fc.array(all.definition, { maxLength: 3, depthIdentifier: depth }), all.text)
        .map(([before, last]) => blockOf(before, last)),
    };
  });
}

const { definition, text } = grammar(grammar(null));

/** The text of a body whose value is a text. */
export const bodyText: fc.Arbitrary<string> = fc
  .tuple(fc.array(definition, { minLength: 1, maxLength: 5, size: "max" }), text)
  .map(([before, last]) => blockOf(before, last)({ texts: [], lists: [] }));
