/**
 * The data of a workflow as it reaches each of its steps, as one type: `OrderData["charge_payment"]`. Data grows from step
 * to step, so an entry says what it adds to an earlier one.
 */
import type { BranchIr, MachineIr } from "../ir/machine.ts";
import type { TypedProgram } from "../resolve/resolved.ts";
import type { RecordOf, Type } from "../types/type.ts";
import { stringLiteral } from "./literal.ts";
import { fieldTexts, isAnyMap, recordText, type TypeScope } from "./type.ts";

export interface DataTypes {
  /** The text of the type with an entry for each step; null when nothing is known of any step's data. */
  readonly text: string | null;
  /** The entry that is this record: as the checker made it, or one that reads the same. */
  readonly nameOf: (record: RecordOf) => string | null;
}

interface Entry {
  /** `OrderData["ship"]`, or the name of the input. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly isOpen: boolean;
}

export function dataTypesOf(
  { states, compensations }: MachineIr,
  name: string,
  input: { readonly name: string; readonly type: RecordOf },
  program: TypedProgram,
  scope: TypeScope,
): DataTypes {
  const named = new Map<RecordOf, string>([[input.type, input.name]]);
  const byText = new Map<string, string>([[recordText(input.type, scope), input.name]]);
  const entries: Entry[] = isAnyMap(input.type) ? [] : [entryOf(input.name, input.type, scope)];
  const lines: string[] = [];
  const add = (id: string, record: Type) => {
    if (record.kind !== "record" || isAnyMap(record)) return;
    const entry = entryOf(`${name}[${stringLiteral(id)}]`, record, scope);
    const text = recordText(record, scope);
    const known = byText.get(text);
    lines.push(`${stringLiteral(id)}: ${known ?? extensionText(entry, entries) ?? text}`);
    if (!named.has(record)) named.set(record, known ?? entry.name);
    if (known !== undefined) return;
    entries.push(entry);
    byText.set(text, entry.name);
  };
  for (const state of states) if (state.kind === "step") add(state.id, program.dataAt(state.ast));
  for (const state of states) if (state.kind === "branch" && isNew(state)) add(state.id, program.dataAt(state.ast));
  for (const { name: handler, ast } of compensations) add(`compensate:${handler}`, program.dataAt(ast));
  return {
    text: lines.length === 0 ? null : `{\n${lines.join(";\n")}\n}`,
    nameOf: (record) => named.get(record) ?? byText.get(recordText(record, scope)) ?? null,
  };

  /** The data of a condition is that of a step, unless its clauses know more. */
  function isNew({ ast }: BranchIr): boolean {
    const data = program.dataAt(ast);
    return data.kind === "record" && !named.has(data) && !byText.has(recordText(data, scope));
  }
}

function entryOf(name: string, record: RecordOf, scope: TypeScope): Entry {
  return { name, fields: fieldTexts(record, scope), isOpen: record.rest !== null };
}

/** An earlier entry with more keys; the one that leaves least to say. Null when none of them says anything. */
function extensionText(entry: Entry, earlier: readonly Entry[]): string | null {
  const bases = earlier.filter((base) => base.isOpen === entry.isOpen && isWithin(base, entry));
  const [base] = bases.sort((a, b) => b.fields.size - a.fields.size);
  if (!base || base.fields.size < 2) return null;
  const added = [...entry.fields].filter(([key]) => !base.fields.has(key));
  return `${base.name} & { ${added.map(([, text]) => text).join("; ")} }`;
}

function isWithin(base: Entry, entry: Entry): boolean {
  return [...base.fields].every(([key, text]) => entry.fields.get(key) === text);
}
