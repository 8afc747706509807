/** Rules for files and modules; the parser itself, of which there is one. A test makes another, to check the grammar. */
import { touches } from "../touches.ts";
import { token } from "../vocabulary.ts";
import type { Rule } from "./brackets.ts";
import { WorkflowParser } from "./workflows.ts";

export class Parser extends WorkflowParser {
  readonly file: Rule = this.RULE("file", () => {
    this.OPTION(() => {
      this.SUBRULE(this.moduleItem);
      this.MANY(() => {
        this.CONSUME(token("Separator"));
        this.SUBRULE2(this.moduleItem);
      });
    });
  });

  readonly module: Rule = this.RULE("module", () => {
    this.CONSUME(token("Defmodule"));
    this.OR([{ ALT: () => this.CONSUME(token("ModuleName")) }, { ALT: () => this.CONSUME(token("Atom")) }]);
    this.CONSUME(token("Do"));
    this.OPTION(() => {
      this.SUBRULE(this.moduleItem);
      this.MANY(() => {
        this.CONSUME(token("Separator"));
        this.SUBRULE2(this.moduleItem);
      });
    });
    this.CONSUME(token("End"));
  });

  readonly moduleItem: Rule = this.RULE("moduleItem", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.module), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.directive), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.definition), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.workflow), IGNORE_AMBIGUITIES: true },
      { GATE: () => !this.#reads(), ALT: () => this.SUBRULE(this.attribute), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.part), IGNORE_AMBIGUITIES: true },
      { ALT: () => this.SUBRULE(this.statement) },
    ]);
  });

  /** `use`, `alias`, `require`, `import`. */
  readonly directive: Rule = this.RULE("directive", () => {
    this.OR([
      { ALT: () => this.CONSUME(token("Use")) },
      { ALT: () => this.CONSUME(token("Alias")) },
      { ALT: () => this.CONSUME(token("Require")) },
      { ALT: () => this.CONSUME(token("Import")) },
    ]);
    this.SUBRULE(this.declaredArguments);
  });

  readonly definition: Rule = this.RULE("definition", () => {
    this.OR([{ ALT: () => this.CONSUME(token("Def")) }, { ALT: () => this.CONSUME(token("Defp")) }]);
    this.SUBRULE(this.declaredArguments);
    this.OPTION(() => this.SUBRULE(this.doBlock));
  });

  /** `@name value`, `@type …`, `@spec … when a: term()`, `@schedule key: value`. */
  readonly attribute: Rule = this.RULE("attribute", () => {
    this.CONSUME(token("At"));
    this.CONSUME(token("Name"));
    this.OPTION(() => {
      this.SUBRULE(this.declaredArguments);
      this.OPTION2(() => {
        this.CONSUME(token("When"));
        this.SUBRULE(this.bareArguments);
      });
    });
  });

  /** `@name[:key]` reads a constant and declares none. */
  #reads(): boolean {
    const bracket = this.LA(3);
    return bracket.tokenType === token("BracketStart") && touches(this.LA(2), bracket);
  }

  constructor(skipValidations = true) {
    super(skipValidations);
    this.performSelfAnalysis();
  }
}

export const parser = new Parser();
