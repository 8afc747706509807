/** Whether a person's answer fits what was asked, and the value that the workflow receives for it. */
import { DurableError } from "../errors.ts";
import { isMap } from "../interpreter/failure.ts";
import { unpersistable } from "../interpreter/persistable.ts";
import type { Data, Dynamic } from "../json.ts";
import { equals } from "../prelude/core/equals.ts";
import type { InputType, OpenInput } from "../store/inputs.ts";

type Request = Pick<OpenInput, "name" | "type" | "choices" | "fields">;

/** What is wrong with it, in words; null when it fits. */
type Check = (request: Request, answer: Dynamic) => string | null;

/** The answer as the workflow receives it: `"approved"` or `"rejected"` for an approval. Throws `invalid_answer`. */
export function acceptedAnswer(request: Request, answer: Dynamic): Dynamic {
  const problem = unpersistable(answer, "it");
  const value = request.type === "approval" ? approvalOf(answer) : answer;
  const wrong = problem === null ? CHECKS[request.type](request, value) : `only JSON can be an answer, but ${problem}`;
  if (wrong === null) return value;
  const message = `The answer does not fit the input ${request.name}: ${wrong}.`;
  throw new DurableError("invalid_answer", message, "Look at `durable pending` for what is asked.");
}

const CHECKS: { readonly [Type in InputType]: Check } = {
  approval: (_request, answer) =>
    answer === null ? 'it has to be "approved", "rejected", true, false or {"approved": true or false}' : null,
  free_text: (_request, answer) => (typeof answer === "string" ? null : "it has to be a text"),
  single_choice: ({ choices }, answer) => (isChoice(answer, choices) ? null : `it has to be ${oneOf(choices)}`),
  multi_choice: ({ choices }, answer) => {
    if (!Array.isArray(answer)) return "it has to be a list";
    const other = answer.find((one) => !isChoice(one, choices));
    return other === undefined ? null : `${JSON.stringify(other)} is not ${oneOf(choices)}`;
  },
  form: ({ fields }, answer) => {
    if (!isMap(answer)) return "it has to be a map of the form's fields";
    return fields === null ? null : formProblem(fields, answer);
  },
};

/** Null for what is neither. */
function approvalOf(answer: Dynamic): "approved" | "rejected" | null {
  const given = isMap(answer) ? answer.approved : answer;
  if (given === true || given === "approved") return "approved";
  return given === false || given === "rejected" ? "rejected" : null;
}

/** A choice is a value, or a map that has one as its `value`. */
function isChoice(answer: Dynamic, choices: readonly Dynamic[] | null): boolean {
  return choices === null || valuesOf(choices).some((choice) => equals(choice, answer));
}

function oneOf(choices: readonly Dynamic[] | null): string {
  return `one of ${valuesOf(choices ?? [])
    .map((choice) => JSON.stringify(choice))
    .join(", ")}`;
}

function valuesOf(choices: readonly Dynamic[]): readonly Dynamic[] {
  return choices.map((choice) => (isMap(choice) && "value" in choice ? choice.value : choice));
}

function formProblem(fields: readonly Data[], answer: Data): string | null {
  const names = fields.map(({ name }) => name);
  const unknown = Object.keys(answer).find((key) => !names.includes(key));
  if (unknown !== undefined) return `the form has no field ${unknown}, only ${names.join(", ")}`;
  return fields.map((field) => fieldProblem(field, answer[field.name] ?? null)).find((found) => found !== null) ?? null;
}

function fieldProblem({ name, type, required, options, choices }: Data, value: Dynamic): string | null {
  if (value === null || value === "") return required === true ? `the field ${name} is required` : null;
  const allowed = options ?? choices ?? null;
  if (Array.isArray(allowed) && !isChoice(value, allowed)) return `the field ${name} has to be ${oneOf(allowed)}`;
  const expected = FIELD_TYPES[type];
  return expected === undefined || expected.fits(value) ? null : `the field ${name} has to be ${expected.what}`;
}

interface FieldType {
  readonly what: string;
  readonly fits: (value: Dynamic) => boolean;
}

const text: FieldType = { what: "a text", fits: (value) => typeof value === "string" };
const boolean: FieldType = { what: "true or false", fits: (value) => typeof value === "boolean" };

/** What a field of a type holds; a field of any other type holds anything. */
const FIELD_TYPES: { readonly [type: string]: FieldType } = {
  text,
  string: text,
  textarea: text,
  email: text,
  date: text,
  boolean,
  checkbox: boolean,
  number: { what: "a number", fits: (value) => typeof value === "number" },
  integer: { what: "an integer", fits: (value) => Number.isInteger(value) },
};
