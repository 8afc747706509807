import type { Expr } from "../../ast/nodes.ts";
import type { Type } from "../../types/type.ts";
import type { Scope } from "../scope.ts";
import { accepts, seen } from "../seen.ts";
import { express } from "./express.ts";

/** An expression where TypeScript asks for a type, null for one that is not known; cast where TypeScript could refuse it. */
export function given(expr: Expr, wanted: Type | null, scope: Scope): string {
  const text = express(expr, scope);
  const type = seen(expr, scope);
  const isTaken = wanted === null ? type.kind === "dynamic" : accepts(wanted, type);
  return isTaken ? text : `(${text} as ${scope.file.runtimeType("Dynamic")})`;
}
