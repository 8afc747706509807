import { foreignExportMissing } from "../../diagnostics/catalog/name.ts";
import { badArity } from "../../diagnostics/catalog/type.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { CallTarget, ForeignExport, ForeignModule } from "../resolved.ts";
import { report, type Unit } from "../unit.ts";
import type { Callee } from "./call.ts";

/** `Mailer.send_receipt(x)` is the export `send_receipt` or, failing that, `sendReceipt`. */
export function bindForeignCall(module: ForeignModule, callee: Callee, unit: Unit): CallTarget | null {
  const name = callee.name.text;
  const found = module.exports.get(name) ?? module.exports.get(camelCase(name));
  if (!found) {
    const suggestion = suggest(name, module.exports.keys());
    report(unit, foreignExportMissing, callee.name.span, { module: module.name, name, suggestion });
    return null;
  }
  if (!takes(found, callee.arity)) {
    const accepted = range(found.minArity, found.params.length);
    report(unit, badArity, callee.name.span, { name: `${module.name}.${name}`, given: callee.arity, accepted });
    return null;
  }
  return { kind: "foreign", module, export: found };
}

function takes(found: ForeignExport, arity: number): boolean {
  return arity >= found.minArity && (found.rest !== null || arity <= found.params.length);
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function camelCase(name: string): string {
  return name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
