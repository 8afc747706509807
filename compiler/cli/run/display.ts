/**
 * Shows an execution while it runs: redrawn in place on a terminal, elsewhere a line for each step that has ended. What
 * the app itself prints meanwhile appears above, and never on stdout, which belongs to the outcome.
 */
import { createLogUpdate } from "log-update";
import type { Terminal } from "../terminal.ts";
import { captureAppOutput } from "./app-output.ts";
import { linesOf, stepLine, type View } from "./show.ts";
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
  const app = captureAppOutput((text) => app.write(text));
  const update = (tree: ExecutionTree) => {
    const view: View = { colors, find, now: new Date().toISOString(), spinner: "" };
    const fresh = membersOf(tree).flatMap((member) =>
      endedSteps(member, view).slice(shown.get(member.execution.id) ?? 0),
    );
    for (const { line } of fresh.sort((a, b) => a.endedAt.localeCompare(b.endedAt))) app.write(`${line}\n`);
    for (const { execution, history } of membersOf(tree)) shown.set(execution.id, history.length);
  };
  return { update: isSilent ? () => {} : update, end: app.restore };
}

function endedSteps(member: ExecutionTree, view: View): { readonly line: string; readonly endedAt: string }[] {
  const { execution, history } = member;
  const ref = execution.ref === null ? "" : view.colors.dim(`  ${execution.ref}`);
  const steps = stepsOf(member, view.find, view.now);
  return history.map(({ endedAt }, index) => ({ line: `${stepLine(steps[index]!, view)}${ref}`, endedAt }));
}
