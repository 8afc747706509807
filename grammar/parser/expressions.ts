/**
 * Rules for expressions. Operators stay a flat list: their precedence is a table that the tree builder climbs. Patterns
 * and types have no rules of their own, as in Elixir: they are expressions that the tree builder reads as such.
 *
 * Two questions are answered by looking at neighbours rather than by look-ahead: whether `(` or `[` belongs to the name
 * before it (it touches it), and whether a name begins a call without parentheses (a space, then something that can only
 * be a value). `do` belongs to the outermost call without parentheses, so such a call's arguments refuse it.
 */
import { type IToken, tokenMatcher } from "chevrotain";
import { touches } from "../touches.ts";
import { token } from "../vocabulary.ts";
import { BracketParser, type Rule } from "./brackets.ts";

const name = token("Name");
const literal = token("Literal");
const keyName = token("KeyName");
const textStart = token("TextStart");
const unaryOperator = token("UnaryOperator");
const binaryOperator = token("BinaryOperator");
const separator = token("Separator");
const parenStart = token("ParenStart");
const bracketStart = token("BracketStart");
const dotToken = token("Dot");
const comma = token("Comma");
const doToken = token("Do");
const end = token("End");

/** Besides literals, texts, names and keys, these begin a value wherever they stand after a space. */
const beginners = new Set(
  ["ModuleName", "At", "ParenStart", "BracketStart", "BraceStart", "MapStart", "BinaryStart", "Percent", "Fn"].map(
    token,
  ),
);

/** Calls without parentheses may nest this deep: `f f f …` opens no bracket that could be counted. */
const deepestCall = 100;

export abstract class ExpressionParser extends BracketParser {
  #callDepth = 0;

  override reset(): void {
    super.reset();
    this.refusesDo = false;
    this.#callDepth = 0;
  }

  readonly expression: Rule = this.RULE("expression", () => {
    this.SUBRULE(this.operand);
    this.MANY({
      GATE: () => !this.isKey(this.LA(2)),
      DEF: () => {
        this.CONSUME(binaryOperator);
        this.SUBRULE2(this.operand);
      },
    });
  });

  /** What begins an operand. Made once, as Chevrotain advises: as part of the rule it would be made again for each value. */
  readonly #values = [
    { ALT: () => this.CONSUME(literal) },
    { ALT: () => this.CONSUME(name) },
    { ALT: () => this.CONSUME(token("ModuleName")) },
    { ALT: () => this.SUBRULE(this.text) },
    { ALT: () => this.SUBRULE(this.constant) },
    { ALT: () => this.SUBRULE(this.group) },
    { ALT: () => this.SUBRULE(this.list) },
    { ALT: () => this.SUBRULE(this.tuple) },
    { ALT: () => this.SUBRULE(this.map) },
    { ALT: () => this.SUBRULE(this.binary) },
    { ALT: () => this.SUBRULE(this.fn) },
  ];

  /** A value, the operators before it, and what follows without one. */
  readonly operand: Rule = this.RULE("operand", () => {
    this.MANY1(() => this.CONSUME(unaryOperator));
    this.OR(this.#values);
    this.MANY2({
      GATE: () => this.LA(1).tokenType === dotToken || touches(this.LA(0), this.LA(1)),
      DEF: () => this.SUBRULE(this.suffix),
    });
    this.OPTION1({
      GATE: () => this.#beginsCall(),
      DEF: () => this.SUBRULE(this.bareArguments),
    });
    this.OPTION2({
      GATE: () => !this.refusesDo,
      DEF: () => this.SUBRULE(this.doBlock),
    });
  });

  /** What may follow a value: a field or remote name, a call, an access. */
  readonly suffix: Rule = this.RULE("suffix", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(dotToken);
          this.OR2([
            { ALT: () => this.CONSUME(name) },
            { ALT: () => this.CONSUME(token("ModuleName")) },
            { ALT: () => this.SUBRULE(this.callArguments) },
            { ALT: () => this.SUBRULE(this.tuple) },
          ]);
        },
      },
      { ALT: () => this.SUBRULE2(this.callArguments) },
      { ALT: () => this.SUBRULE(this.access) },
    ]);
  });

  readonly access: Rule = this.RULE("access", () => {
    this.CONSUME(bracketStart);
    this.inBrackets(() => this.SUBRULE(this.expression));
    this.CONSUME(token("BracketEnd"));
  });

  readonly bareArguments: Rule = this.RULE("bareArguments", () => {
    const outer = this.refusesDo;
    this.ACTION(() => {
      this.refusesDo = true;
      this.#callDepth++;
    });
    this.SUBRULE(this.argument);
    this.MANY(() => {
      this.CONSUME(comma);
      this.SUBRULE2(this.argument);
    });
    this.ACTION(() => {
      this.refusesDo = outer;
      this.#callDepth--;
    });
  });

  /** `@name` where it is used. */
  readonly constant: Rule = this.RULE("constant", () => {
    this.CONSUME(token("At"));
    this.CONSUME(name);
  });

  /** Parentheses: a grouped value, several in a row, the parameters of an `fn`, or a function type. */
  readonly group: Rule = this.RULE("group", () => {
    this.CONSUME(parenStart);
    this.inBrackets(() => this.SUBRULE(this.block));
    this.CONSUME(token("ParenEnd"));
  });

  readonly fn: Rule = this.RULE("fn", () => {
    this.CONSUME(token("Fn"));
    this.inBrackets(() => this.SUBRULE(this.block));
    this.CONSUME(end);
  });

  readonly doBlock: Rule = this.RULE("doBlock", () => {
    this.CONSUME(doToken);
    this.inBrackets(() => {
      this.SUBRULE(this.block);
      this.MANY(() => this.SUBRULE(this.section));
    });
    this.CONSUME(end);
  });

  readonly section: Rule = this.RULE("section", () => {
    this.CONSUME(token("Section"));
    this.SUBRULE(this.block);
  });

  readonly block: Rule = this.RULE("block", () => {
    this.OPTION(() => {
      this.SUBRULE(this.statement);
      this.MANY(() => {
        this.CONSUME(separator);
        this.SUBRULE2(this.statement);
      });
    });
  });

  /** An expression, or the head of a clause with the first expression of its body; the next ones follow as statements. */
  readonly statement: Rule = this.RULE("statement", () => {
    this.OPTION(() => {
      this.SUBRULE(this.expression);
      this.MANY(() => {
        this.CONSUME(comma);
        this.SUBRULE2(this.expression);
      });
    });
    this.OPTION2(() => {
      this.CONSUME(token("Arrow"));
      this.OPTION3(() => this.SUBRULE3(this.expression));
    });
  });

  /** True between a name and what can only be its first argument: `f x`, `f -1`, `f [1]`; not `f - 1`, `f[1]`. */
  #beginsCall(): boolean {
    const before = this.LA(0);
    const next = this.LA(1);
    if (!tokenMatcher(before, name) || this.#callDepth >= deepestCall || touches(before, next)) return false;
    const sign = next.tokenType.name === "Minus" || next.tokenType.name === "Plus";
    if (sign) return touches(next, this.LA(2));
    return beginsValue(next);
  }
}

function beginsValue(next: IToken): boolean {
  return (
    beginners.has(next.tokenType) ||
    [literal, name, keyName, textStart, unaryOperator].some((type) => tokenMatcher(next, type))
  );
}
