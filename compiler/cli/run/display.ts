/** Shows an execution while it runs: redrawn in place on a terminal, elsewhere a line for each step that has ended. */
import { createLogUpdate } from "log-update";
import type { Terminal } from "../terminal.ts";
import { linesOf, stepLine, type View } from "./show.ts";
import { type FindMachine, stepsOf } from "./steps.ts";
import { type ExecutionTree, membersOf } from "./tree.ts";

export interface Display {
  readonly update: (tree: ExecutionTree) => void;
  /** The last look; what follows is written below. */
  readonly end: (tree: ExecutionTree) => void;
}

const silent: Display = { update: () => {}, end: () => {} };

export function createDisplay(terminal: Terminal, find: FindMachine, isSilent: boolean): Display {
  if (isSilent) return silent;
  return terminal.live ? liveDisplay(terminal, find) : lineDisplay(terminal, find);
}

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

function liveDisplay({ colors }: Terminal, find: FindMachine): Display {
  const draw = createLogUpdate(process.stderr);
  let frame = 0;
  const update = (tree: ExecutionTree) => {
    const spinner = FRAMES[frame++ % FRAMES.length]!;
    draw(linesOf(tree, { colors, find, now: new Date().toISOString(), spinner }).join("\n"));
  };
  return {
    update,
    end: (tree) => {
      update(tree);
      draw.done();
    },
  };
}

function lineDisplay({ colors, note }: Terminal, find: FindMachine): Display {
  const shown = new Map<string, number>();
  const update = (tree: ExecutionTree) => {
    const view: View = { colors, find, now: new Date().toISOString(), spinner: "" };
    for (const member of membersOf(tree)) {
      const { id, ref } = member.execution;
      const ended = stepsOf(member, find, view.now).slice(0, member.history.length);
      for (const step of ended.slice(shown.get(id) ?? 0))
        note(`${stepLine(step, view)}${ref === null ? "" : colors.dim(`  ${ref}`)}`);
      shown.set(id, ended.length);
    }
  };
  return { update, end: update };
}
