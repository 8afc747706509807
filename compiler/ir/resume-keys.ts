/**
 * One key for each state an execution can rest in. It hashes what another build must agree on to carry on from there:
 * which state it is, what is saved in it, and which keys of the data the rest of the way reads without asking whether
 * they are there.
 */
import type { Node } from "../ast/nodes.ts";
import { descendants } from "../ast/walk.ts";
import { show } from "../types/show.ts";
import { successorsIn } from "./graph.ts";
import { hash } from "./hash.ts";
import type { Facts } from "./lower/facts.ts";
import type { BodyIr, MachineIr, ResumeIr, StateId, StateIr } from "./machine.ts";
import { nodesOf } from "./statements.ts";

export function resumeKeysOf(machine: MachineIr, facts: Facts): ReadonlyMap<StateId, string> {
  const required = requiredKeys(machine, facts);
  return new Map(machine.states.map((state) => [state.id, keyOf(state, machine, required.get(state.id)!, facts)]));
}

function keyOf(state: StateIr, { workflow }: MachineIr, required: ReadonlySet<string>, facts: Facts): string {
  const frame = state.kind === "resume" ? frameOf(state, facts) : [];
  return hash([workflow.module.name, workflow.name, state.id, frame, [...required].sort()]);
}

/** Names and types of the saved locals. */
function frameOf(state: ResumeIr, facts: Facts): string[][] {
  return state.saved.map((local) => [local.name, show(facts.typeOfLocal(local))]);
}

/** By state, the data keys that it or a state after it reads with a dot; a fixpoint over the graph of states. */
function requiredKeys(machine: MachineIr, facts: Facts): Map<StateId, ReadonlySet<string>> {
  const required = new Map(machine.states.map((state) => [state.id, new Set(keysRead(state, facts))]));
  const successors = successorsIn(machine);
  const backwards = machine.states.toReversed();
  let changed = true;
  while (changed) {
    changed = false;
    for (const state of backwards) {
      const keys = required.get(state.id)!;
      const before = keys.size;
      for (const next of successors(state)) for (const key of required.get(next) ?? []) keys.add(key);
      changed ||= keys.size > before;
    }
  }
  return required;
}

function keysRead(state: StateIr, facts: Facts): string[] {
  const body = bodyOf(state);
  if (!body?.data) return [];
  return nodesOf(body.statements)
    .flatMap(descendants)
    .flatMap((node) => keyRead(node, body, facts));
}

function bodyOf(state: StateIr): BodyIr | null {
  return state.kind === "parallel" ? null : state.body;
}

function keyRead(node: Node, { data }: BodyIr, facts: Facts): string[] {
  if (node.kind !== "field" || node.object.kind !== "variable") return [];
  return facts.localOf(node.object) === data ? [node.key.text] : [];
}
