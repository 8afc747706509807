import { isSameList } from "../calls/bottom-up.ts";
import type { Location } from "../source/source.ts";
import type { DiagnosticBag } from "./bag.ts";

/** What was found of a part of a file, kept while its grounds are the same objects, wherever the part stands by then. */
export type PartFindings<Part extends object> = (
  part: Part,
  grounds: readonly unknown[],
  at: Location,
  find: (bag: DiagnosticBag) => void,
) => DiagnosticBag;

interface Finding {
  readonly grounds: readonly unknown[];
  readonly place: Location;
  readonly bag: DiagnosticBag;
}

export function createPartFindings<Part extends object>(createBag: () => DiagnosticBag): PartFindings<Part> {
  const findings = new WeakMap<Part, Finding>();
  return (part, grounds, at, find) => {
    const place = { source: at.source, span: { ...at.span } };
    const before = findings.get(part);
    const kept = before && isSameList(before.grounds, grounds) ? before.bag.moved(before.place, place) : null;
    const bag = kept ?? createBag();
    if (!kept) find(bag);
    findings.set(part, { grounds, place, bag });
    return bag;
  };
}
