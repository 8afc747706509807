/** Where each state can lead, within its machine. */
import type { BodyIr, MachineIr, StateId, StateIr, Statement } from "./machine.ts";
import { partsOf } from "./statements.ts";

export type Successors = (state: StateIr) => readonly StateId[];

export function successorsIn({ states }: MachineIr): Successors {
  const byId = new Map(states.map((state) => [state.id, state]));
  return (state) => {
    switch (state.kind) {
      case "step":
        return [...present(state.next), ...state.gotos.values(), ...targetsOf(state.body)];
      case "resume":
        return [...afterStep(byId.get(state.step)), ...targetsOf(state.body)];
      case "branch":
        return targetsOf(state.body);
      case "parallel":
        return [...present(state.next), ...state.branches.values(), ...state.gotos.values()];
    }
  };
}

/** The body of a resume point may end the step as the step's own body may. */
function afterStep(step: StateIr | undefined): StateId[] {
  return step?.kind === "step" ? [...present(step.next), ...step.gotos.values()] : [];
}

function present(id: StateId | null): StateId[] {
  return id === null ? [] : [id];
}

function targetsOf({ statements }: BodyIr): StateId[] {
  return allStatements(statements).flatMap((statement) => {
    if (statement.kind === "suspend") return [statement.resume];
    if (statement.kind === "jump") return [statement.to];
    return statement.kind === "goState" ? present(statement.state) : [];
  });
}

/** Statements and those inside them. */
export function allStatements(statements: readonly Statement[]): Statement[] {
  return statements.flatMap((statement) => [statement, ...allStatements(partsOf(statement).statements)]);
}
