/** An execution tree as lines for people: each step as it stands, children below the step that called or started them. */
import { type Execution, type ExecutionError, ended, sourceOf } from "@durablec/runtime";
import type { Colors } from "../terminal.ts";
import { type FindMachine, type StepAttempt, stepsOf } from "./steps.ts";
import type { ExecutionTree } from "./tree.ts";

export interface View {
  readonly colors: Colors;
  readonly find: FindMachine;
  readonly now: string;
  /** What stands before a step that is running. */
  readonly spinner: string;
}

type Wait = NonNullable<Execution["wait"]>;

const INDENT = "  ";
const NAME_WIDTH = 34;

export function linesOf(tree: ExecutionTree, view: View): string[] {
  return [title(tree.execution, view.colors), ...bodyOf(tree, view)];
}

/** How an execution ended, or how it stands, in a line or two. */
export function verdictOf({ execution }: ExecutionTree, elapsedMs: number, colors: Colors): string {
  const { status, error } = execution;
  const time = colors.dim(`in ${duration(Math.round(elapsedMs))}`);
  if (status === "completed") return `${colors.green("✓ completed")} ${time}`;
  const reason = error === null ? waitingFor(execution) : `${error.message} ${colors.dim(`(${error.type})`)}`;
  const text = ended(status) ? colors.red(`✗ ${status}`) : colors.yellow(`◌ ${status}`);
  return `${text} ${time}${reason === "" ? "" : `\n${INDENT}${reason}`}`;
}

/** `✓ charge_payment (attempt 2)   12 ms`. */
export function stepLine(step: StepAttempt, { colors, spinner }: View): string {
  const { name, attempt, status, durationMs, error, undoes } = step;
  const again = attempt > 1 ? ` (attempt ${attempt})` : "";
  const label = `${name}${undoes === null ? "" : ` undoes ${undoes}`}${again}`;
  const time = status === "completed" || status === "failed" ? duration(durationMs) : "";
  const reason = error === null ? "" : `${colors.red(error.message)} ${colors.dim(placeOf(error))}`;
  return `${mark(status, colors, spinner)} ${label.padEnd(NAME_WIDTH)} ${colors.dim(time.padStart(8))} ${reason}`.trimEnd();
}

/** `◌ confirm   waiting for "confirmed"`; none while it does something, or waits for what has lines of its own. */
export function waitLines(tree: ExecutionTree, view: View): string[] {
  const { wait } = tree.execution;
  const step = stepsOf(tree, view.find, view.now).at(-1);
  if (step?.status !== "waiting" || wait === null || wait.on === "child" || wait.on === "join") return [];
  return [`${stepLine(step, view)}  ${view.colors.dim(waitingFor(tree.execution))}`];
}

/** `src/orders.durable:22`; empty where it is not known. */
function placeOf(error: ExecutionError): string {
  const source = sourceOf(error);
  return source === null ? "" : `${source.file}:${source.line}`;
}

function bodyOf(tree: ExecutionTree, view: View): string[] {
  const left = new Set(tree.children);
  const lines = stepsOf(tree, view.find, view.now).flatMap((step) => {
    const own = [...left].filter((child) => isFrom(child.execution, step.name));
    for (const child of own) left.delete(child);
    return [`${INDENT}${stepLine(step, view)}`, ...own.flatMap((child) => childLines(child, view))];
  });
  const waiting = tree.execution.wait?.on === "child" ? "" : waitingFor(tree.execution);
  return [
    ...lines,
    ...[...left].flatMap((child) => childLines(child, view)),
    ...(waiting === "" ? [] : [`${INDENT}${INDENT}${view.colors.dim(waiting)}`]),
  ];
}

function childLines(child: ExecutionTree, view: View): string[] {
  return linesOf(child, view).map((line) => `${INDENT}${view.colors.dim("│")} ${line}`);
}

/** A call site is a path of names with the step's own among them. */
function isFrom({ site }: Execution, step: string): boolean {
  return site?.split(/[/@]/).includes(step) ?? false;
}

function title({ module, workflow, ref, id, status }: Execution, colors: Colors): string {
  const name = `${colors.bold(module)} ${workflow}`;
  const end = ended(status) && status !== "completed" ? ` ${colors.red(status)}` : "";
  return `${name} ${colors.dim(ref === null ? id : `ref ${ref}`)}${end}`;
}

function mark(status: StepAttempt["status"], colors: Colors, spinner: string): string {
  if (status === "completed") return colors.green("✓");
  if (status === "failed" || status === "aborted") return colors.red("✗");
  return status === "waiting" ? colors.yellow("◌") : colors.cyan(spinner);
}

function waitingFor({ status, wait }: Execution): string {
  if (status !== "waiting" || wait === null) return "";
  return `waiting for ${awaited[wait.on](wait as never)}`;
}

const awaited: { readonly [on in Wait["on"]]: (wait: Extract<Wait, { on: on }>) => string } = {
  child: ({ ref }) => `its child ${ref}`,
  time: ({ until }) => until,
  event: ({ names, mode }) =>
    `${mode === "all" ? "all of " : ""}${names.map((name) => `"${name}"`).join(mode === "any" ? " or " : ", ")}`,
  input: ({ name }) => `the answer to "${name}"`,
  join: () => "its parallel branches",
};

/** `12 ms`, `14.2 s`, `26.0 h`: virtual time makes long steps. */
function duration(ms: number): string {
  const [unit, size] = units.find(([, size]) => ms >= 2 * size) ?? ["ms", 1];
  return unit === "ms" ? `${ms} ms` : `${(ms / size).toFixed(1)} ${unit}`;
}

const units: readonly (readonly [string, number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
];
