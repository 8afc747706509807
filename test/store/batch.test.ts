/** How a batch is cut into pieces that one statement can take. */
import { describe, expect, test } from "vitest";
import { apart } from "../../runtime/store/postgres/batch.ts";

const piecesOf = (...items: readonly { own: string[]; shared?: string[] }[]) =>
  apart(items, (item) => item).map((piece) => piece.map((item) => items.indexOf(item)));

describe("a batch", () => {
  test("is one piece as long as each item changes rows of its own", () => {
    expect(piecesOf({ own: ["a"] }, { own: ["b", "c"] }, { own: ["d"] })).toEqual([[0, 1, 2]]);
  });

  test("is cut where a row would be changed twice, and keeps its order", () => {
    expect(piecesOf({ own: ["a"] }, { own: ["b"] }, { own: ["a"] }, { own: ["b"] })).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  test("takes any number of children that end, with one parent or several", () => {
    const ends = ["a", "b", "c"].map((id) => ({ own: [id], shared: ["parent"] }));
    expect(piecesOf(...ends, { own: ["d"], shared: ["other"] })).toEqual([[0, 1, 2, 3]]);
  });

  test("is cut between a parent's own change and its child's end, whichever comes first", () => {
    const [end, parent] = [{ own: ["child"], shared: ["parent"] }, { own: ["parent"] }];
    expect(piecesOf(end, parent)).toEqual([[0], [1]]);
    expect(piecesOf(parent, end)).toEqual([[0], [1]]);
  });

  test("without items has no pieces", () => {
    expect(piecesOf()).toEqual([]);
  });
});
