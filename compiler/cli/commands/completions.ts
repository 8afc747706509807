import type { Command } from "commander";
import { addCompletions as addTo } from "../../../runtime/cli/completions/command.ts";
import type { Terminal } from "../terminal.ts";

/** `durablec completions bash`: a script that makes a shell complete this command. */
export function addCompletions(program: Command, terminal: Terminal): void {
  const words = async () => {
    const { rules } = await import("../../diagnostics/catalog/index.ts");
    return { "explain <code>": rules.map(({ code }) => code) };
  };
  addTo(program, words, terminal.print);
}
