import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestDurable, type TestDurable } from "@durablec/runtime/testing";
import { Welcome } from "../src/generated/welcome.js";

const ada = { name: "Ada", email: "ada@example.com" };
const hour = 60 * 60 * 1000;

let durable: TestDurable;

before(async () => {
  durable = await createTestDurable({ workflows: [Welcome] });
});

after(() => durable.close());

test("a guest who confirms is welcome", async () => {
  const run = await durable.start(Welcome, ada);
  await durable.advance(hour);
  await durable.sendEvent(run.id, "confirmed", { by: "link" });
  assert.equal((await run.result()).status, "confirmed");
});

test("after three days without an answer, a guest is forgotten", async () => {
  const run = await durable.start(Welcome, ada);
  const { result } = await durable.runToEnd(run.id);
  assert.equal(result?.status, "forgotten");
});
