import { expect, test } from "vitest";
import { followingClock } from "../../runtime/clock.ts";

test("a worker's clock is the database's, moves on with virtual time, and is not set back by late answers", () => {
  const clock = followingClock();
  const year = () => clock.now().slice(0, 4);
  clock.observe("2001-01-01T00:00:00.000Z");
  expect(year()).toBe("2001");
  clock.observe("2003-01-01T00:00:00.000Z");
  expect(year()).toBe("2003");
  // An answer that was under way for long.
  clock.observe("2002-12-31T23:59:59.000Z");
  expect(year()).toBe("2003");
  // Another server, whose clock is another.
  clock.observe("2002-06-01T00:00:00.000Z");
  expect(year()).toBe("2002");
});
