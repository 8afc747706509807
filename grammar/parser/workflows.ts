/** Rules for what a workflow is made of. The declaring words stay ordinary names wherever they do not declare. */
import { tokenMatcher } from "chevrotain";
import { touches } from "../touches.ts";
import { token } from "../vocabulary.ts";
import type { Rule } from "./brackets.ts";
import { ExpressionParser } from "./expressions.ts";

/** After these the word before is a value, not a declaration. */
const valueFollowers = new Set(["Equals", "Dot", "Arrow", "Comma", "Separator"].map(token));

export abstract class WorkflowParser extends ExpressionParser {
  /** The arguments of a declaring word, in parentheses or not. */
  readonly declaredArguments: Rule = this.RULE("declaredArguments", () => {
    this.OR([
      {
        GATE: () => touches(this.LA(0), this.LA(1)),
        ALT: () => this.SUBRULE(this.callArguments),
        IGNORE_AMBIGUITIES: true,
      },
      { ALT: () => this.SUBRULE(this.bareArguments) },
    ]);
  });

  readonly workflow: Rule = this.RULE("workflow", () => {
    this.CONSUME(token("Workflow"));
    this.SUBRULE(this.declaredArguments);
    this.SUBRULE(this.itemBlock);
  });

  readonly step: Rule = this.RULE("step", () => {
    this.OR([{ ALT: () => this.CONSUME(token("Step")) }, { ALT: () => this.CONSUME(token("Decision")) }]);
    this.SUBRULE(this.declaredArguments);
    this.OPTION(() => this.SUBRULE(this.doBlock));
  });

  readonly branch: Rule = this.RULE("branch", () => {
    this.CONSUME(token("Branch"));
    this.OPTION(() => this.SUBRULE(this.declaredArguments));
    this.SUBRULE(this.itemBlock);
  });

  readonly parallel: Rule = this.RULE("parallel", () => {
    this.CONSUME(token("Parallel"));
    this.OPTION(() => this.SUBRULE(this.declaredArguments));
    this.SUBRULE(this.itemBlock);
  });

  readonly compensate: Rule = this.RULE("compensate", () => {
    this.CONSUME(token("Compensate"));
    this.SUBRULE(this.declaredArguments);
    this.OPTION(() => this.SUBRULE(this.doBlock));
  });

  readonly itemBlock: Rule = this.RULE("itemBlock", () => {
    this.CONSUME(token("Do"));
    this.OPTION(() => {
      this.SUBRULE(this.item);
      this.MANY(() => {
        this.CONSUME(token("Separator"));
        this.SUBRULE2(this.item);
      });
    });
    this.CONSUME(token("End"));
  });

  /** One part of a workflow, or a clause of a `branch`; anything else is read so that it can be refused by name. */
  readonly item: Rule = this.RULE("item", () => {
    this.OR([
      { GATE: () => this.#declares(), ALT: () => this.SUBRULE(this.part), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.clause) },
    ]);
  });

  readonly part: Rule = this.RULE("part", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.step) },
      { ALT: () => this.SUBRULE(this.branch) },
      { ALT: () => this.SUBRULE(this.parallel) },
      { ALT: () => this.SUBRULE(this.compensate) },
    ]);
  });

  /** `pattern when guard ->`, with the first part of its body when it stands on the same line. */
  readonly clause: Rule = this.RULE("clause", () => {
    this.SUBRULE(this.expression);
    this.MANY(() => {
      this.CONSUME(token("Comma"));
      this.SUBRULE2(this.expression);
    });
    this.OPTION(() => {
      this.CONSUME(token("Arrow"));
      this.OPTION2(() => this.SUBRULE(this.item));
    });
  });

  #declares(): boolean {
    const next = this.LA(2);
    return !valueFollowers.has(next.tokenType) || tokenMatcher(next, token("Do"));
  }
}
