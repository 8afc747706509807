import { Argument, type Command } from "commander";
import type { Terminal } from "../terminal.ts";

const shells = ["bash", "zsh", "fish"] as const;
type Shell = (typeof shells)[number];

/** `durablec completions bash`: a script that makes a shell complete this command. */
export function addCompletions(program: Command, terminal: Terminal): void {
  program
    .command("completions")
    .summary("print completions for a shell")
    .description("Print a script that makes a shell complete commands, options, and their values.")
    .addArgument(new Argument("<shell>", "which one").choices(shells))
    .addHelpText("after", EXAMPLES)
    .action(async (shell: Shell) => {
      terminal.print((await script(program, shell)).trimEnd());
    });
}

const EXAMPLES = `
Examples:
  eval "$(durablec completions bash)"                                  in ~/.bashrc
  durablec completions zsh > "\${fpath[1]}/_durablec"                   once
  durablec completions fish > ~/.config/fish/completions/durablec.fish  once`;

async function script(program: Command, shell: Shell): Promise<string> {
  const { shapeOf } = await import("../completions/shape.ts");
  const { rules } = await import("../../diagnostics/catalog/index.ts");
  const shape = shapeOf(program, { "explain <code>": rules.map(({ code }) => code) });
  switch (shell) {
    case "bash":
      return (await import("../completions/bash.ts")).bashScript(shape);
    case "zsh":
      return (await import("../completions/zsh.ts")).zshScript(shape);
    case "fish":
      return (await import("../completions/fish.ts")).fishScript(shape);
  }
}
