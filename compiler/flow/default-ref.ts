import type { ResolvedWorkflow } from "../resolve/resolved.ts";

/** The ref of a call that gives none: the last part of the module's name, `MyApp.PaymentWorkflow` as `payment_workflow`. */
export function defaultRef({ module }: ResolvedWorkflow): string {
  const last = module.name.split(".").at(-1) ?? module.name;
  return last
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
