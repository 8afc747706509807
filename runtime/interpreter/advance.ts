/** Moves an execution from state to state: into a step, a branch, a parallel block, or to its end. */
import { branchId } from "../ids.ts";
import type { Data } from "../json.ts";
import type { Machine, ParallelState, StateId } from "../machine.ts";
import type { BranchProgress, HistoryEntry, NewExecution, Progress } from "../store/store.ts";
import { branchValue, nextData, resultOf } from "./data.ts";
import { complete, fail } from "./end.ts";
import { type LineEnd, WAITS_INLINE } from "./end-segment.ts";
import { freshLine, stepOf } from "./line.ts";
import { after, type Move, move, resumeKeyOf, type Situation } from "./move.ts";
import { joinOf } from "./wait.ts";

/** The execution goes on in `state` with `data`; null ends it. */
export function enter(situation: Situation, state: StateId | null, data: Data, recorded: Partial<Move> = {}): Move {
  const { machine } = situation;
  if (state === null) return complete(situation, resultOf(data), data, recorded);
  const entered = machine.states[state];
  if (entered === undefined) throw new Error(`internal: ${nameOf(machine)} has no state ${state}`);
  const line = freshLine(state);
  const here: Partial<Progress> = Object.assign(line, {
    status: "running" as const,
    resumeKey: resumeKeyOf(machine, state),
    data,
    branches: null,
  });
  if (entered.kind !== "parallel") return move(situation, here, recorded);
  if (entered.mode === "queued") return enterQueued(situation, entered, here, recorded);
  return move(situation, { ...here, branches: freshBranches(entered) }, recorded);
}

/** The main line's step has ended or paused. */
export function advance(situation: Situation, end: LineEnd, pure: boolean): Move {
  const { data, kind } = situation.execution;
  const recorded = recordOf(end, !pure || end.is === "paused");
  switch (end.is) {
    case "paused": {
      const resumeKey = resumeKeyOf(situation.machine, end.line.state);
      return move(situation, { ...end.line, resumeKey, status: "running" }, recorded);
    }
    case "failed":
      return fail(afterAttempt(situation), end.error, recorded);
    case "completed":
      if (kind === "branch") return complete(situation, branchValue(end.overlay, end.value), data, recorded);
      return enter(situation, nextOf(situation), nextData(data, end.overlay, end.value), recorded);
    case "jumped":
      return enter(situation, end.to, nextData(data, end.overlay, end.value), recorded);
  }
}

/** What a line's end leaves to be recorded. */
export function recordOf(end: LineEnd, durable: boolean): Partial<Move> {
  const history: readonly HistoryEntry[] = end.entry === null ? [] : [end.entry];
  return { history, children: end.children, opens: end.opens ?? [], durable: durable || end.children.length > 0 };
}

/** The attempt's own history is written, so that nothing of it is left to be aborted. */
function afterAttempt(situation: Situation): Situation {
  return after(situation, move(situation, { attemptStartedAt: null }));
}

/** Each branch becomes an execution of its own, and the workflow waits for them. */
function enterQueued(
  situation: Situation,
  block: ParallelState,
  here: Partial<Progress>,
  recorded: Partial<Move>,
): Move {
  const { execution } = situation;
  if (execution.kind === "inline") return fail(after(situation, move(situation, here)), WAITS_INLINE.error, recorded);
  const branches = Object.entries(block.branches).map(([key, state]) => branchOf(situation, key, state, here.data!));
  const children = [...(recorded.children ?? []), ...branches];
  return move(situation, { ...here, wait: joinOf(execution.id, block) }, { ...recorded, children, durable: true });
}

/** The row of a queued branch: part of the logical workflow, named by its results key. */
function branchOf({ machine, execution }: Situation, key: string, state: StateId, data: Data): NewExecution {
  const { rootId, id, logicalId, module, workflow, queue, priority, input, trace = null } = execution;
  return {
    rootId,
    id: branchId(id, state),
    logicalId,
    parentId: id,
    kind: "branch",
    ref: key,
    site: state,
    position: [],
    module,
    workflow,
    queue: stepOf(machine, state)?.queue ?? queue,
    priority,
    input,
    data,
    trace,
    state,
    resumeKey: resumeKeyOf(machine, state),
    wakeAt: null,
    timeoutMs: null,
    owner: null,
  };
}

function nextOf({ machine, execution }: Situation): StateId | null {
  return stepOf(machine, execution.state!)!.next;
}

function freshBranches(block: ParallelState): { readonly [key: string]: BranchProgress } {
  const fresh = (state: StateId): BranchProgress => ({
    ...freshLine(state),
    status: "pending",
    outcome: null,
    endedSeq: null,
  });
  return Object.fromEntries(Object.entries(block.branches).map(([key, state]) => [key, fresh(state)]));
}

function nameOf(machine: Machine): string {
  return `${machine.module} "${machine.workflow}"`;
}
