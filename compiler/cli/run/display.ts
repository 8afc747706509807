/**
 * Shows an execution while it runs: redrawn in place on a terminal, elsewhere a line for each step that has ended, and for
 * each wait that lasts. What the app itself prints meanwhile appears above, and never on stdout, which belongs to the outcome.
 */
import { createLogUpdate } from "log-update";
import type { Terminal } from "../terminal.ts";
import { captureAppOutput } from "./app-output.ts";
import { linesOf, stepLine, type View, waitLines } from "./show.ts";
import { type FindMachine, stepsOf } from "./steps.ts";
import { type ExecutionTree, membersOf } from "./tree.ts";

export interface Display {
  readonly update: (tree: ExecutionTree) => void;
  /** Gives the terminal back. What is drawn stays, and what follows is written below. */
  readonly end: () => void;
}

/** From here on until `end`, the display has the terminal. `isSilent` shows only what the app prints. */
export function createDisplay(terminal: Terminal, find: FindMachine, isSilent: boolean): Display {
  return terminal.live && !isSilent ? liveDisplay(terminal, find) : lineDisplay(terminal, find, isSilent);
}

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

function liveDisplay({ colors }: Terminal, find: FindMachine): Display {
  const app = captureAppOutput((text) => {
    draw.clear();
    app.write(text);
    draw(drawn);
  });
  const screen: NodeJS.WriteStream = Object.create(process.stderr, { write: { value: app.write } });
  const draw = createLogUpdate(screen, { showCursor: true });
  let drawn = "";
  let frame = 0;
  return {
    update: (tree) => {
      const spinner = FRAMES[frame++ % FRAMES.length]!;
      drawn = linesOf(tree, { colors, find, now: new Date().toISOString(), spinner }).join("\n");
      draw(drawn);
    },
    end: () => {
      draw.done();
      app.restore();
    },
  };
}

function lineDisplay({ colors }: Terminal, find: FindMachine, isSilent: boolean): Display {
  const shown = new Map<string, number>();
  const lasting = createLasting();
  const app = captureAppOutput((text) => app.write(text));
  const update = (tree: ExecutionTree) => {
    const view: View = { colors, find, now: new Date().toISOString(), spinner: "" };
    const fresh = membersOf(tree).flatMap((member) =>
      endedSteps(member, view).slice(shown.get(member.execution.id) ?? 0),
    );
    const waits = lasting(membersOf(tree).flatMap((member) => waitLines(member, view)));
    const ended = fresh.sort((a, b) => a.endedAt.localeCompare(b.endedAt)).map(({ line }) => line);
    for (const line of [...ended, ...waits]) app.write(`${line}\n`);
    for (const { execution, history } of membersOf(tree)) shown.set(execution.id, history.length);
  };
  return { update: isSilent ? () => {} : update, end: app.restore };
}

/** Most waits are over at once: what they wait for is at hand. */
const LASTING_MS = 1000;

/** Of the lines there are at each look, those that have stayed, each once. */
function createLasting(): (lines: readonly string[]) => string[] {
  let since = new Map<string, number>();
  return (lines) => {
    const now = performance.now();
    since = new Map(lines.map((line) => [line, since.get(line) ?? now]));
    const stayed = [...since].filter(([, began]) => now - began >= LASTING_MS).map(([line]) => line);
    for (const line of stayed) since.set(line, Number.POSITIVE_INFINITY);
    return stayed;
  };
}

function endedSteps(member: ExecutionTree, view: View): { readonly line: string; readonly endedAt: string }[] {
  const { execution, history } = member;
  const ref = execution.ref === null ? "" : view.colors.dim(`  ${execution.ref}`);
  const steps = stepsOf(member, view.find, view.now);
  return history.map(({ endedAt }, index) => ({ line: `${stepLine(steps[index]!, view)}${ref}`, endedAt }));
}
