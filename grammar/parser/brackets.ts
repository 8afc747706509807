/** Rules for what stands in brackets and quotes: arguments, lists, tuples, maps, texts. */
import { type CstNode, CstParser, type IToken, type ParserMethod, tokenMatcher } from "chevrotain";
import { token, vocabulary } from "../vocabulary.ts";
import { expectations } from "./expectations.ts";

export type Rule = ParserMethod<[], CstNode>;

const keyName = token("KeyName");
const keyTextStart = token("KeyTextStart");
const comma = token("Comma");
const parenStart = token("ParenStart");

export abstract class BracketParser extends CstParser {
  /** Set inside the arguments of a call without parentheses: a `do` there belongs to that call. */
  protected refusesDo = false;

  protected abstract readonly expression: Rule;
  protected abstract readonly block: Rule;

  /** Chevrotain's own checks of the grammar take longer than all else at the start, so only a test asks for them. */
  constructor(skipValidations: boolean) {
    super([...vocabulary], {
      maxLookahead: 1,
      nodeLocationTracking: "onlyOffset",
      recoveryEnabled: false,
      skipValidations,
      errorMessageProvider: expectations,
    });
  }

  readonly callArguments: Rule = this.RULE("callArguments", () => {
    this.CONSUME(parenStart);
    this.inBrackets(() =>
      this.OPTION(() => {
        this.SUBRULE(this.argument);
        this.MANY(() => {
          this.CONSUME(comma);
          this.SUBRULE2(this.argument);
        });
      }),
    );
    this.CONSUME(token("ParenEnd"));
  });

  readonly argument: Rule = this.RULE("argument", () => {
    this.OPTION({ GATE: () => this.isKey(this.LA(1)), DEF: () => this.SUBRULE(this.key) });
    this.SUBRULE(this.expression);
  });

  /** `name:`, or `"a #{b}":`. */
  readonly key: Rule = this.RULE("key", () => {
    this.OR([{ ALT: () => this.CONSUME(keyName) }, { ALT: () => this.SUBRULE(this.text) }]);
  });

  protected isKey(next: IToken): boolean {
    return tokenMatcher(next, keyName) || next.tokenType === keyTextStart;
  }

  readonly text: Rule = this.RULE("text", () => {
    this.CONSUME(token("TextStart"));
    this.MANY(() =>
      this.OR([{ ALT: () => this.CONSUME(token("Text")) }, { ALT: () => this.SUBRULE(this.interpolation) }]),
    );
    this.CONSUME(token("TextEnd"));
  });

  readonly interpolation: Rule = this.RULE("interpolation", () => {
    this.CONSUME(token("InterpolationStart"));
    this.inBrackets(() => this.SUBRULE(this.block));
    this.CONSUME(token("BraceEnd"));
  });

  readonly list: Rule = this.RULE("list", () => {
    this.CONSUME(token("BracketStart"));
    this.inBrackets(() => this.SUBRULE(this.items));
    this.CONSUME(token("BracketEnd"));
  });

  readonly tuple: Rule = this.RULE("tuple", () => {
    this.CONSUME(token("BraceStart"));
    this.inBrackets(() => this.SUBRULE(this.items));
    this.CONSUME(token("BraceEnd"));
  });

  readonly binary: Rule = this.RULE("binary", () => {
    this.CONSUME(token("BinaryStart"));
    this.inBrackets(() => this.SUBRULE(this.items));
    this.CONSUME(token("BinaryEnd"));
  });

  /** What stands in a list or tuple; a comma may end it. */
  readonly items: Rule = this.RULE("items", () => {
    this.OPTION(() => {
      this.SUBRULE(this.argument);
      this.MANY({
        GATE: () => !closes(this.LA(2)),
        DEF: () => {
          this.CONSUME(comma);
          this.SUBRULE2(this.argument);
        },
      });
      this.OPTION2(() => this.CONSUME2(comma));
    });
  });

  /** `%{…}`; the name of a struct is read so that it can be refused by name. */
  readonly map: Rule = this.RULE("map", () => {
    this.OR([
      { ALT: () => this.CONSUME(token("MapStart")) },
      {
        ALT: () => {
          this.CONSUME(token("Percent"));
          this.OR2([{ ALT: () => this.CONSUME(token("ModuleName")) }, { ALT: () => this.CONSUME(token("Name")) }]);
          this.CONSUME(token("BraceStart"));
        },
      },
    ]);
    this.inBrackets(() =>
      this.OPTION(() => {
        this.SUBRULE(this.entry);
        this.MANY({
          GATE: () => !closes(this.LA(2)),
          DEF: () => {
            this.CONSUME(comma);
            this.SUBRULE2(this.entry);
          },
        });
        this.OPTION2(() => this.CONSUME2(comma));
      }),
    );
    this.CONSUME(token("BraceEnd"));
  });

  /** `key: value`, `key => value`, and first in a map `base | key: value` or `base | key => value`. */
  readonly entry: Rule = this.RULE("entry", () => {
    this.OR([
      {
        GATE: () => this.isKey(this.LA(1)),
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          this.SUBRULE(this.key);
          this.SUBRULE(this.expression);
        },
      },
      {
        ALT: () => {
          this.SUBRULE2(this.expression);
          this.OPTION(() =>
            this.OR2([
              {
                ALT: () => {
                  this.CONSUME(token("Bar"));
                  this.SUBRULE2(this.key);
                  this.SUBRULE3(this.expression);
                },
              },
              {
                ALT: () => {
                  this.CONSUME(token("FatArrow"));
                  this.SUBRULE4(this.expression);
                },
              },
            ]),
          );
        },
      },
    ]);
  });

  /** Inside brackets and blocks a `do` is free again. */
  protected inBrackets(rule: () => void): void {
    const outer = this.refusesDo;
    this.ACTION(() => {
      this.refusesDo = false;
    });
    rule();
    this.ACTION(() => {
      this.refusesDo = outer;
    });
  }
}

function closes(next: IToken): boolean {
  return ["BraceEnd", "BracketEnd", "BinaryEnd"].includes(next.tokenType.name);
}
