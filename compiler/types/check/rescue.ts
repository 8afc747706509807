import type { Try } from "../../ast/nodes.ts";
import { joinWrites } from "../flow.ts";
import type { Type } from "../type.ts";
import { inferClauses } from "./branches.ts";
import { alternatives, type Frame, setWrites } from "./frame.ts";
import { infer } from "./infer.ts";

/** The body may have ended anywhere, so a rescue cannot tell which of its writes were made. What is raised is `dynamic`. */
export function inferTry(node: Try, frame: Frame): Type {
  const before = frame.flow.writes;
  const body = infer(node.body, frame);
  const after = frame.flow.writes;
  const normal = (): Type => {
    setWrites(frame, after);
    return node.else.length > 0 ? inferClauses(node.else, body, null, frame, "value") : body;
  };
  const rescues = node.rescue.map((clause) => (): Type => {
    setWrites(frame, joinWrites(before, after));
    return infer(clause.body, frame);
  });
  const type = alternatives(frame, [normal, ...rescues]);
  if (node.after) infer(node.after, frame);
  return type;
}
