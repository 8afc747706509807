/**
 * The IR checked as a compiler checks itself: whatever is reported here is a defect of lowering, never of the source.
 * Every jump has its target and saves what the target expects; every local is bound before it is read; every state can
 * be reached; a parallel branch never suspends unless it is queued or its calls run inline.
 */
import { allStatements, type Successors, successorsIn } from "./graph.ts";
import { freeLocals } from "./liveness.ts";
import type { Facts } from "./lower/facts.ts";
import type { MachineIr, ResumeIr, StateId, StateIr } from "./machine.ts";

/** What is wrong, in words for whoever mends the compiler; empty for a sound machine. */
export function verifyMachine(machine: MachineIr, facts: Facts): string[] {
  const states = new Map(machine.states.map((state) => [state.id, state]));
  const successors = successorsIn(machine);
  return [
    ...duplicates(machine),
    ...machine.states.flatMap((state) => [
      ...danglingTargets(state, successors, states),
      ...frameMismatches(state, states),
      ...unboundLocals(state, facts),
    ]),
    ...unreachable(machine, successors, states),
  ];
}

function duplicates({ states }: MachineIr): string[] {
  const ids = states.map(({ id }) => id);
  return ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `two states are called ${id}`);
}

function danglingTargets(state: StateIr, successors: Successors, states: ReadonlyMap<StateId, StateIr>): string[] {
  return successors(state)
    .filter((id) => !states.has(id))
    .map((id) => `${state.id} leads to ${id}, which does not exist`);
}

function frameMismatches(state: StateIr, states: ReadonlyMap<StateId, StateIr>): string[] {
  if (state.kind === "parallel") return [];
  return allStatements(state.body.statements).flatMap((statement) => {
    if (statement.kind !== "suspend" && statement.kind !== "jump") return [];
    const target = states.get(statement.kind === "suspend" ? statement.resume : statement.to);
    const expected = target?.kind === "resume" ? target.saved : [];
    const updated = statement.kind === "jump" ? statement.updates.map(({ local }) => local) : [];
    const given = new Set([...statement.saved, ...updated]);
    const same = expected.length === given.size && expected.every((local) => given.has(local));
    return same ? [] : [`${state.id} does not save what ${target?.id} expects`];
  });
}

function unboundLocals(state: StateIr, facts: Facts): string[] {
  if (state.kind === "parallel") return [];
  const given = new Set([state.body.data, ...(state.kind === "resume" ? givenTo(state) : [])]);
  return [...freeLocals(state.body.statements, facts)]
    .filter((local) => !given.has(local))
    .map((local) => `${state.id} reads ${local.name}, which nothing binds`);
}

function givenTo({ saved, received }: ResumeIr) {
  return received ? [...saved, received] : saved;
}

/** Resume points that no body leads to. Steps that nothing leads to are the author's business. */
function unreachable(
  { states: all }: MachineIr,
  successors: Successors,
  states: ReadonlyMap<StateId, StateIr>,
): string[] {
  const reached = new Set<StateId>();
  const open = all.filter(({ kind }) => kind !== "resume").map(({ id }) => id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const state = states.get(id);
    if (!state || reached.has(id)) continue;
    reached.add(id);
    open.push(...successors(state));
  }
  return all.filter(({ id }) => !reached.has(id)).map(({ id }) => `nothing leads to ${id}`);
}
