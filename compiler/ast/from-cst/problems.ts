/** The grammar's problems, said in words. */
import type { Place, Problem } from "@durablec/grammar";
import * as literalRules from "../../diagnostics/catalog/syntax-literals.ts";
import * as textRules from "../../diagnostics/catalog/syntax-text.ts";
import type { Related } from "../../diagnostics/diagnostic.ts";
import { type Context, report } from "./context.ts";

export function reportProblems(context: Context, problems: readonly Problem[]): void {
  for (const problem of problems) reportProblem(context, problem);
}

function reportProblem(context: Context, problem: Problem): void {
  const { place } = problem;
  switch (problem.kind) {
    case "character":
      report(context, textRules.unknownCharacter, place, { text: problem.text });
      break;
    case "unclosedText":
      report(context, literalRules.unclosedText, place, { closing: problem.closing });
      break;
    case "unclosedBracket": {
      const related = here(context, "It should be closed before this.", problem.before);
      report(context, textRules.unclosedBracket, place, { opening: problem.opening }, [related]);
      break;
    }
    case "wrongBracket": {
      const related = here(context, "This is the bracket it would close.", problem.opener);
      report(context, textRules.wrongBracket, place, { opening: problem.opening, closing: problem.closing }, [related]);
      break;
    }
    case "strayBracket":
      report(context, textRules.strayBracket, place, { closing: problem.closing });
      break;
    case "missingEnd": {
      const related = here(context, "By its column this comes after the missing `end`.", problem.before);
      report(context, textRules.missingEnd, place, { opener: problem.opener }, [related]);
      break;
    }
    case "strayEnd":
      report(context, textRules.strayEnd, place, undefined);
      break;
    case "missingDo":
      report(context, textRules.missingDo, place, { word: problem.word });
      break;
    case "joined":
      report(context, textRules.joined, place, { left: problem.left, right: problem.right });
      break;
    case "tightKey":
      report(context, textRules.tightKey, place, { key: problem.key });
      break;
    case "heredocEnd":
      report(context, literalRules.heredocEnd, place, undefined);
      break;
    case "tooDeep":
      report(context, textRules.tooDeep, place, { what: `${problem.depth} brackets and blocks inside each other` });
      break;
    case "unexpected":
      reportUnexpected(context, problem);
  }
}

function here({ source }: Context, message: string, span: Place): Related {
  return { message, location: { source, span } };
}

function reportUnexpected(context: Context, problem: Extract<Problem, { readonly kind: "unexpected" }>): void {
  const { seen, expected, rules, place } = problem;
  report(context, textRules.unexpected, place, { seen, expected: expectation(expected, rules) });
}

/** Blocks are balanced before they are parsed, so a missing closer means that something before it does not belong. */
const closers = new Set(["the word `end`", "`)`", "`]`", "`}`", "`>>`", "the end of the line"]);

function expectation(expected: string, rules: readonly string[]): string {
  if (closers.has(expected)) return "an operator, a comma or the end of the line";
  const owner = rules.at(-1) === "itemBlock" ? rules.at(-2) : rules.at(-1);
  return `${expected}${(owner && afterwards[owner]) ?? ""}`;
}

const afterwards: Readonly<Record<string, string>> = {
  module: " after the module's name",
  workflow: " after the workflow's name",
  branch: " after the branch's condition",
  parallel: " after `parallel` and its options",
};
