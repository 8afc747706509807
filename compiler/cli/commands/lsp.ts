import { type Command, Option } from "commander";
import type { Terminal } from "../terminal.ts";

/** `durablec lsp --stdio`: the language server, for editors to start. */
export function addLsp(program: Command, terminal: Terminal): void {
  program
    .command("lsp")
    .summary("serve an editor")
    .description("Speak the Language Server Protocol on stdin and stdout. Editors start this; people need not.")
    .addOption(new Option("--stdio", "over stdin and stdout, the only way there is, and the default"))
    .addOption(new Option("--clientProcessId <pid>", "the editor's process; the server ends with it").hideHelp())
    .action(async () => {
      if (process.stdin.isTTY) terminal.note("Waiting for an editor on stdin; press Ctrl+C to end.");
      const { serveStdio } = await import("../../lsp/server.ts");
      serveStdio();
      await new Promise(() => {});
    });
}
