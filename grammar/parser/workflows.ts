/** Rules for what a workflow is made of. The declaring words stay ordinary names wherever they do not declare. */
import { token } from "../vocabulary.ts";
import { touchesBefore } from "./expressions.ts";
import type { Reading } from "./reading.ts";
import { choice, optional, type Rules, separated, sequence, when } from "./shapes.ts";

/** After these the word before is a value, not a declaration. */
const valueFollowers = new Set(["Equals", "Dot", "Arrow", "Comma", "Separator"].map(token));

function declares(at: Reading): boolean {
  return !valueFollowers.has(at.ahead(2).tokenType);
}

export const workflowRules: Rules = {
  // The arguments of a declaring word, in parentheses or not.
  declaredArguments: choice(when(touchesBefore, "callArguments"), "bareArguments"),

  workflow: sequence("Workflow", "declaredArguments", "itemBlock"),

  step: sequence(choice("Step", "Decision"), "declaredArguments", optional("doBlock")),

  branch: sequence("Branch", optional("declaredArguments"), "itemBlock"),

  parallel: sequence("Parallel", optional("declaredArguments"), "itemBlock"),

  compensate: sequence("Compensate", "declaredArguments", optional("doBlock")),

  itemBlock: sequence("Do", optional(separated("item", "Separator")), "End"),

  // One part of a workflow, or a clause of a `branch`; anything else is read so that it can be refused by name.
  item: choice(when(declares, "part"), "clause"),

  part: choice("step", "branch", "parallel", "compensate"),

  // `pattern when guard ->`, with the first part of its body when it stands on the same line.
  clause: sequence(separated("expression", "Comma"), optional("Arrow", optional("item"))),
};
