import { describe, expect, test } from "vitest";
import { assignable, compatible } from "../../compiler/types/assignable.ts";
import {
  atom,
  atomLiteral,
  boolean,
  booleanLiteral,
  dynamic,
  float,
  fnOf,
  integer,
  listOf,
  nil,
  none,
  openRecord,
  optional,
  recordOf,
  required,
  string,
  tagged,
  tupleOf,
} from "../../compiler/types/construct.ts";
import { whyNot } from "../../compiler/types/explain.ts";
import { deleteKey, noWrites, overlay, sequence, writeKey } from "../../compiler/types/flow.ts";
import { joinRecords, union, widen } from "../../compiler/types/join.ts";
import { falsy, intersect, truthy } from "../../compiler/types/narrow.ts";
import { show } from "../../compiler/types/show.ts";
import type { Type } from "../../compiler/types/type.ts";

const one: Type = { kind: "literal", value: 1, form: "integer" };
const two: Type = { kind: "literal", value: 2, form: "integer" };
const ok = atomLiteral("ok");
const person = recordOf([
  ["name", required(string)],
  ["age", optional(integer)],
]);

describe("union", () => {
  test.each([
    ["of nothing is none", union(), "none()"],
    ["drops none", union(none, integer), "integer()"],
    ["repeats nothing", union(integer, integer), "integer()"],
    ["is dynamic as soon as a part is", union(integer, dynamic), "dynamic()"],
    ["takes a literal into its kind", union(one, integer), "integer()"],
    ["keeps literals apart", union(one, two), "1 | 2"],
    ["knows both booleans as boolean", union(booleanLiteral(true), booleanLiteral(false)), "boolean()"],
    ["keeps whole numbers and floats apart", union(integer, float), "integer() | float()"],
    ["joins lists by what they hold", union(listOf(one), listOf(string)), "[1 | String.t()]"],
    ["joins tuples of one tag", union(tagged("ok", one), tagged("ok", string)), "{:ok, 1 | String.t()}"],
    ["keeps tuples of different tags apart", union(tagged("ok", one), tagged("error", one)), "{:ok, 1} | {:error, 1}"],
    [
      "gives up on too many literals",
      union(...Array.from({ length: 20 }, (_, i): Type => ({ ...one, value: i }))),
      "integer()",
    ],
  ])("%s", (_rule, type, shown) => {
    expect(show(type)).toBe(shown);
  });

  test("merges maps, but not those that a literal tells apart", () => {
    const a = recordOf([["kind", required(atomLiteral("a"))]]);
    const b = recordOf([["kind", required(atomLiteral("b"))]]);
    expect(show(union(a, b))).toBe("%{kind: :a} | %{kind: :b}");
    expect(show(union(recordOf([["x", required(one)]]), recordOf([])))).toBe("%{optional(:x) => 1}");
  });
});

describe("joinRecords", () => {
  test("makes a key optional that only one side has", () => {
    const joined = joinRecords(person, recordOf([["name", required(nil)]]));
    expect(show(joined)).toBe("%{optional(:age) => integer(), name: String.t() | nil}");
  });

  test("knows nothing of a key that the other side may hold unnamed", () => {
    expect(show(joinRecords(person, openRecord))).toBe(
      "%{String.t() => dynamic(), optional(:name) => dynamic(), optional(:age) => dynamic()}",
    );
  });
});

describe("assignable and compatible", () => {
  test.each<[string, Type, Type, boolean, boolean]>([
    ["anything fits dynamic", integer, dynamic, true, true],
    ["dynamic fits anything", dynamic, integer, true, true],
    ["a literal fits its kind", one, integer, true, true],
    ["a kind only may be a literal", integer, one, false, true],
    ["a whole number fits a float's place", integer, float, true, true],
    ["a float fits no whole number's place", float, integer, false, false],
    ["atoms and texts are one thing", ok, string, true, true],
    ["text is no number", string, integer, false, false],
    ["some members fit", union(string, nil), string, false, true],
    ["no member fits", union(integer, nil), string, false, false],
    ["tuples of another length do not fit", tupleOf(one), tupleOf(one, one), false, false],
    ["a missing key does not fit", recordOf([]), person, false, false],
    ["an optional key may be left out", recordOf([["name", required(string)]]), person, true, true],
    [
      "an extra key does not fit a closed map",
      recordOf([
        ["name", required(string)],
        ["x", required(one)],
      ]),
      person,
      false,
      false,
    ],
    ["an open map may have the keys", openRecord, person, true, true],
    ["a function fits by its number of parameters", fnOf([dynamic], one), fnOf([integer], string), true, true],
  ])("%s", (_rule, from, to, every, some) => {
    expect([assignable(from, to), compatible(from, to)]).toEqual([every, some]);
  });
});

describe("narrowing", () => {
  test("truth takes nil and false away", () => {
    expect(show(truthy(union(boolean, nil, string)))).toBe("true | String.t()");
    expect(show(falsy(union(boolean, nil, string)))).toBe("false | nil");
  });

  test("a test leaves what may be of its type", () => {
    expect(show(intersect(union(integer, string, nil), string))).toBe("String.t()");
    expect(show(intersect(dynamic, string))).toBe("String.t()");
    expect(show(intersect(atom, ok))).toBe(":ok");
  });
});

describe("widen", () => {
  test("forgets literals, but keeps the tag of a tuple", () => {
    expect(show(widen(tagged("ok", one)))).toBe("{:ok, integer()}");
  });
});

describe("writes on data", () => {
  const data = recordOf([["n", required(integer)]]);

  test("a write that is sure replaces the type", () => {
    expect(show(overlay(data, writeKey(noWrites, "n", string)))).toBe("%{n: String.t()}");
  });

  test("a write after a delete brings the key back", () => {
    const writes = writeKey(deleteKey(noWrites, "n"), "n", string);
    expect(show(overlay(data, writes))).toBe("%{n: String.t()}");
  });

  test("a delete after a write takes the key away, as far as is known", () => {
    const writes = sequence(writeKey(noWrites, "n", string), deleteKey(noWrites, "n"));
    expect(show(overlay(data, writes))).toBe("%{optional(:n) => integer()}");
  });
});

describe("show", () => {
  test.each<[Type, string]>([
    [openRecord, "map()"],
    [listOf(none), "[]"],
    [fnOf([integer, string], boolean), "(integer(), String.t() -> boolean())"],
    [fnOf([], nil), "(-> nil)"],
    [atomLiteral("two words"), ':"two words"'],
    [recordOf([["two words", required(one)]]), '%{"two words" => 1}'],
  ])("%o as %s", (type, shown) => {
    expect(show(type)).toBe(shown);
  });
});

describe("why a type does not fit", () => {
  const line = recordOf([["n", required(integer)]]);
  const order = recordOf([
    ["line", required(line)],
    ["note", optional(string)],
  ]);
  const result = union(tagged("ok", order), tagged("error", string));

  test.each<readonly [string, Type, Type, string]>([
    ["as a whole", integer, string, "it takes String.t(), but this is integer()"],
    ["a key", recordOf([["n", required(string)]]), line, "`n` takes integer(), but is String.t()"],
    ["a missing key", recordOf([]), order, "the key `line` is missing"],
    ["a key too many", recordOf([["m", required(one)]]), recordOf([]), "it takes no key `m`"],
    [
      "a key within a key",
      recordOf([["line", required(recordOf([["n", required(nil)]]))]]),
      order,
      "`line.n` takes integer(), but is nil",
    ],
    [
      "in the member of a union with the same tag",
      tagged("ok", recordOf([["line", required(recordOf([]))]])),
      result,
      "the key `line.n` is missing",
    ],
    ["an item of a tuple", tagged("error", integer), result, "item 2 takes String.t(), but is integer()"],
    [
      "when no member is alike",
      tupleOf(one),
      result,
      "it takes {:ok, %{optional(:note) => String.t(), line: %{n: integer()}}} | {:error, String.t()}, but this is {1}",
    ],
  ])("is said of %s", (_, from, to, expected) => {
    expect(whyNot(from, to)).toBe(expected);
  });
});
