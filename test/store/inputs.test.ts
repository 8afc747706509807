/** Waits for people, and waits that somebody cancels. */
import { beforeAll, describe, expect, test } from "vitest";
import type { OpenedInput } from "../../runtime/store/inputs.ts";
import type { Execution, Store, Wait } from "../../runtime/store/store.ts";
import {
  applied,
  asks,
  COMPLETED,
  child,
  claimAll,
  held,
  onChild,
  onEvent,
  onInput,
  root,
  transition,
  waiting,
} from "./executions.ts";
import { describeStores } from "./stores.ts";

const PAST = "2020-01-01T00:00:00.000Z";
const FUTURE = "2999-01-01T00:00:00.000Z";

describeStores("inputs", (its) => {
  let store: Store;
  beforeAll(() => {
    store = its();
  });

  const asking = async (id: string, request: Partial<OpenedInput> = {}): Promise<Execution> => {
    const { name = "approve", until = null } = request;
    const opens = [asks(name, request)];
    return applied(store, transition(await held(store, id), waiting(onInput(name, until), until), { opens }));
  };
  const answer = async (executionId: string, response: string | null, name = "approve") =>
    (await store.provideInputs([{ executionId, name, response }]))[0];
  const open = async (executionId: string) =>
    (await store.listInputs({ executionId, limit: 9 })).map(({ name }) => name);

  test("are listed as they were asked for, while they are open", async () => {
    const request = { prompt: "Ship?", fields: [{ name: "why" }], choices: ["yes", 2], metadata: { by: "ann" } };
    await asking("ask-1", { ...request, type: "form", until: FUTURE, onTimeout: "fail" });
    expect(await store.listInputs({ executionId: "ask-1", limit: 9 })).toEqual([
      {
        ...{ executionId: "ask-1", module: "Shop", workflow: "order", state: "first", name: "approve", type: "form" },
        ...{ ...request, onTimeout: "fail", until: FUTURE, openedAt: expect.any(String) },
      },
    ]);
  });

  test("are listed by name and by timeout, the earliest first", async () => {
    await asking("ask-late", { name: "listed", until: "2998-01-01T00:00:00.000Z" });
    await asking("ask-never", { name: "listed" });
    await asking("ask-soon", { name: "listed", until: "2997-01-01T00:00:00.000Z" });
    const ids = async (filter: object) =>
      (await store.listInputs({ name: "listed", limit: 9, ...filter })).map(({ executionId }) => executionId);
    expect(await ids({})).toEqual(["ask-soon", "ask-late", "ask-never"]);
    expect(await ids({ timeoutBefore: "2997-06-01T00:00:00.000Z" })).toEqual(["ask-soon"]);
    expect(await ids({ limit: 1 })).toEqual(["ask-soon"]);
  });

  test("wake who waits, and come with the claim", async () => {
    await asking("answer-1");
    expect(await answer("answer-1", "yes")).toBe("answered");
    const [claim] = await claimAll(store, "q-answer-1");
    expect(claim?.arrived.inputs).toEqual([{ name: "approve", value: "yes" }]);
    expect(await open("answer-1")).toEqual([]);
  });

  test("may be answered with nil", async () => {
    await asking("answer-nil");
    expect(await answer("answer-nil", null)).toBe("answered");
    expect((await claimAll(store, "q-answer-nil"))[0]?.arrived.inputs).toEqual([{ name: "approve", value: null }]);
  });

  test("are answered once, before and after the answer was taken up", async () => {
    await asking("answer-2");
    expect(
      await store.provideInputs([
        { executionId: "answer-2", name: "approve", response: 1 },
        { executionId: "answer-2", name: "approve", response: 1 },
      ]),
    ).toEqual(["answered", "already_answered"]);
    const [claim] = await claimAll(store, "q-answer-2");
    expect(await answer("answer-2", "no")).toBe("already_answered");
    await applied(store, transition(claim!.execution, { wait: null, state: "second" }));
    expect(await answer("answer-2", "no")).toBe("already_answered");
  });

  test("tell apart what cannot be answered", async () => {
    await asking("answer-3");
    expect(await answer("answer-3", "yes", "other")).toBe("not_found");
    expect(await answer("nobody", "yes")).toBe("unknown_execution");
    await store.start([root("answer-4")]);
    expect(await answer("answer-4", "yes")).toBe("not_found");
    await store.cancel("answer-3", { type: "cancelled", message: "enough" });
    expect(await answer("answer-3", "yes")).toBe("ended_execution");
  });

  test("are asked anew in a loop: the latest request counts", async () => {
    await asking("loop");
    await answer("loop", "first");
    const [first] = await claimAll(store, "q-loop");
    await applied(store, transition(first!.execution, waiting(onInput("approve")), { opens: [asks("approve")] }));
    expect(await claimAll(store, "q-loop")).toEqual([]);
    expect(await open("loop")).toEqual(["approve"]);
    await answer("loop", "second");
    expect((await claimAll(store, "q-loop"))[0]?.arrived.inputs).toEqual([{ name: "approve", value: "second" }]);
  });

  test("stay open over a retry of the waiting step, without being asked again", async () => {
    const execution = await held(store, "retry");
    const backoff = { ...waiting(onInput("approve"), PAST), status: "pending" as const, attempt: 2 };
    await applied(store, transition(execution, backoff, { opens: [asks("approve")] }));
    const [claim] = await claimAll(store, "q-retry");
    await applied(store, transition(claim!.execution, waiting(onInput("approve"))));
    expect(await open("retry")).toEqual(["approve"]);
    expect(await answer("retry", "yes")).toBe("answered");
  });

  test("answered between two attempts are not cancelled any more", async () => {
    const backoff = { ...waiting(onInput("approve"), FUTURE), status: "pending" as const, attempt: 2 };
    await applied(store, transition(await held(store, "between"), backoff, { opens: [asks("approve")] }));
    expect(await answer("between", "yes")).toBe("answered");
    expect(await store.cancelWait("between", "enough")).toBe("not_waiting");
  });

  test("not answered between two attempts can be cancelled", async () => {
    const backoff = { ...waiting(onInput("approve"), FUTURE), status: "pending" as const, attempt: 2 };
    await applied(store, transition(await held(store, "between-2"), backoff, { opens: [asks("approve")] }));
    expect(await store.cancelWait("between-2", "enough")).toBe("cancelled");
    expect((await claimAll(store, "q-between-2"))[0]?.arrived.cancelled).toEqual({ reason: "enough" });
  });

  describe("are closed", () => {
    test("by their timeout, even before anybody looked", async () => {
      await asking("closed-1", { until: PAST });
      expect(await open("closed-1")).toEqual([]);
      expect(await answer("closed-1", "yes")).toBe("not_found");
    });

    test("by the end of the wait", async () => {
      await asking("closed-2", { until: PAST });
      const [claim] = await claimAll(store, "q-closed-2");
      await applied(store, transition(claim!.execution, { wait: null, received: { value: "late" } }));
      expect(await open("closed-2")).toEqual([]);
      expect(await answer("closed-2", "yes")).toBe("not_found");
    });

    test("by a cancel and by the execution's end", async () => {
      await asking("closed-3");
      await store.cancel("closed-3", { type: "cancelled", message: "enough" });
      await asking("closed-4", { until: PAST });
      const [claim] = await claimAll(store, "q-closed-4");
      await applied(store, transition(claim!.execution, COMPLETED));
      expect([await open("closed-3"), await open("closed-4")]).toEqual([[], []]);
    });
  });

  test("asked by a queued branch are answered by the workflow's id", async () => {
    const parent = await held(store, "branch-asks");
    const branch = child(parent, "branch-asks-b", { kind: "branch", logicalId: "branch-asks", queue: "branch-asks" });
    await applied(store, transition(parent, waiting({ on: "join", ids: [branch.id] }), { children: [branch] }));
    const [claim] = await claimAll(store, "branch-asks");
    await applied(store, transition(claim!.execution, waiting(onInput("approve")), { opens: [asks("approve")] }));
    expect(await open("branch-asks")).toEqual(["approve"]);
    expect(await answer("branch-asks", "yes")).toBe("answered");
    expect((await claimAll(store, "branch-asks"))[0]?.arrived.inputs).toHaveLength(1);
  });

  test("events that are waited for are listed, the earliest timeout first", async () => {
    const names = ["listed-a", "listed-b"];
    const wait = { ...onEvent(...names), until: FUTURE } as Wait;
    await applied(store, transition(await held(store, "event-any"), waiting(onEvent(...names))));
    await applied(store, transition(await held(store, "event-soon"), waiting(wait, FUTURE)));
    expect(await store.listWaits({ name: "listed-b", limit: 9 })).toEqual([
      expect.objectContaining({ executionId: "event-soon", names, mode: "any", until: FUTURE }),
      expect.objectContaining({ executionId: "event-any", until: null }),
    ]);
    expect(await store.listWaits({ executionId: "event-any", limit: 9 })).toHaveLength(1);
  });

  describe("a wait that is cancelled", () => {
    const waits: Readonly<Record<string, Wait>> = {
      time: { on: "time", until: FUTURE },
      event: onEvent("never"),
      child: onChild("cancel-child-c"),
      input: onInput("approve"),
    };

    test.each(Object.keys(waits))("for %s comes back with the reason", async (on) => {
      const id = `cancel-${on}`;
      const parent = await held(store, id);
      const given = {
        opens: on === "input" ? [asks("approve")] : [],
        children: on === "child" ? [child(parent, `${id}-c`)] : [],
      };
      await applied(store, transition(parent, waiting(waits[on]!), given));
      expect(await store.cancelWait(id, "too late")).toBe("cancelled");
      const [claim] = await claimAll(store, `q-${id}`);
      expect(claim?.arrived.cancelled).toEqual({ reason: "too late" });
      await applied(store, transition(claim!.execution, { wait: null, received: { value: "too late" } }));
      expect((await store.get(id))?.wait).toBeNull();
      expect(await open(id)).toEqual([]);
    });

    test("takes no answer any more", async () => {
      await asking("cancel-answer");
      await store.cancelWait("cancel-answer", "enough");
      expect(await answer("cancel-answer", "yes")).toBe("not_found");
    });

    test("leaves alone who does not wait", async () => {
      expect(await store.cancelWait("nobody", "x")).toBe("unknown_execution");
      await held(store, "cancel-running");
      expect(await store.cancelWait("cancel-running", "x")).toBe("not_waiting");
      await store.cancel("cancel-running", { type: "cancelled", message: "enough" });
      expect(await store.cancelWait("cancel-running", "x")).toBe("ended_execution");
    });
  });
});
