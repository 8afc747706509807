/** `completions bash`, for a command whose commands are commander's: `durable` has it, and `durablec`. */
import { Argument, type Command } from "commander";
import type { ProgramShape, Words } from "./shape.ts";

/** A script for each shell, loaded when it is asked for. */
const SHELLS: { readonly [shell: string]: (shape: ProgramShape) => Promise<string> } = {
  bash: async (shape) => (await import("./bash.ts")).bashScript(shape),
  zsh: async (shape) => (await import("./zsh.ts")).zshScript(shape),
  fish: async (shape) => (await import("./fish.ts")).fishScript(shape),
};

/** Adds the command; it prints a script that makes a shell complete the program. */
export function addCompletions(
  program: Command,
  words: () => Words | Promise<Words>,
  print: (script: string) => void,
): void {
  program
    .command("completions")
    .summary("print completions for a shell")
    .description("Print a script that makes a shell complete commands, options, and their values.")
    .addArgument(new Argument("<shell>", "which one").choices(Object.keys(SHELLS)))
    .addHelpText("after", examples(program.name()))
    .action(async (shell: string) => {
      const { shapeOf } = await import("./shape.ts");
      print((await SHELLS[shell]!(shapeOf(program, await words()))).trimEnd());
    });
}

function examples(name: string): string {
  const lines = [
    [`eval "$(${name} completions bash)"`, "in ~/.bashrc"],
    [`${name} completions zsh > "\${fpath[1]}/_${name}"`, "once"],
    [`${name} completions fish > ~/.config/fish/completions/${name}.fish`, "once"],
  ] as const;
  const width = Math.max(...lines.map(([line]) => line.length));
  return ["\nExamples:", ...lines.map(([line, when]) => `  ${line.padEnd(width)}  ${when}`)].join("\n");
}
