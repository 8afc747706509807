/** What an app may write against a generated module, and what TypeScript refuses: `npm run types` checks this file. */
import { readFileSync } from "node:fs";
import type { Durable } from "@durablec/runtime";
import { expect, test } from "vitest";
import { world } from "../runtime/world.ts";
import { compileText, machinesOf } from "../support/compile.ts";
import {
  Courier,
  type CourierData,
  type CourierEvents,
  type CourierInput,
  type CourierOutput,
} from "./fixtures/courier.ts";

const source = readFileSync(new URL("./fixtures/courier.durable", import.meta.url), "utf8");

/** Never called: it is there for its types. */
void app;

async function app(durable: Durable): Promise<void> {
  const run = await durable.start(Courier, { parcel: "p1", grams: 300 });
  // @ts-expect-error: the weight is a number
  await durable.start(Courier, { parcel: "p1", grams: "300" });
  // @ts-expect-error: a key is missing
  await durable.start(Courier, { parcel: "p1" });

  await run.sendEvent("picked_up", { courier: "Ada" });
  await run.sendEvent("picked_up", { courier: "Ada", note: "at the door" }, { id: "delivery-1" });
  await run.sendEvent("lost", "in the rain");
  await durable.handle("p1", Courier).sendEvent("back", null);
  // @ts-expect-error: there is no such event
  await run.sendEvent("piked_up", { courier: "Ada" });
  // @ts-expect-error: the payload lacks its courier
  await run.sendEvent("picked_up", { note: "at the door" });
  // @ts-expect-error: the payload of another event
  await run.sendEvent("lost", { courier: "Ada" });
  await durable.handle("p1").sendEvent("whatever", { of: ["any", "form"] });

  const result: CourierOutput = await run.result();
  const trouble: string | null = result.trouble;
  // @ts-expect-error: the result has no such key
  result.damage;
  // @ts-expect-error: nil is among the values
  const text: string = result.trouble;

  const input: CourierInput = { parcel: "p1", grams: 300 };
  const follow: CourierData["follow"] = { ...input, courier: "Ada" };
  // @ts-expect-error: the courier is known from the second step on
  const first: CourierData["hand_over"]["courier"] = "Ada";
  const event: CourierEvents["lost"] = "in the rain";
  void [trouble, text, follow, first, event];
}

test("the module that these types are of is what the compiler makes", async () => {
  const { code } = await compileText(source, "courier.durable");
  await expect(code.replace(/^\/\/# sourceMappingURL.*\n/m, "")).toMatchFileSnapshot("./fixtures/courier.ts");
});

const here = world();

test("an event that brings something else than declared is refused when it is sent", async () => {
  const durable = await here.working(Object.values(await machinesOf(source)));
  const run = await durable.start(Courier, { parcel: "p1", grams: 300 });
  const wrong = durable.sendEvent(run.id, "picked_up", { curier: "Ada" });
  await expect(wrong).rejects.toMatchObject({ code: "invalid_payload" });
  await expect(wrong).rejects.toThrow(/courier/);
  await run.sendEvent("picked_up", { courier: "Ada" });
  await run.sendEvent("lost", "in the rain");
  expect(await run.result()).toMatchObject({ courier: "Ada", trouble: "IN THE RAIN" });
});
