/** How commands explain themselves, all alike: help with titles that stand out, and mistakes with the one thing to do. */
import type { Command } from "commander";
import type { Colors, Terminal } from "./terminal.ts";

/** To be called when all commands have been added. */
export function explainAlike(program: Command, { colors }: Terminal): void {
  program.addHelpText("after", EXIT_CODES);
  for (const command of [program, ...program.commands]) {
    const name = command === program ? program.name() : `${program.name()} ${command.name()}`;
    command
      .configureHelp({ styleTitle: (title) => colors.bold(title), sortSubcommands: false })
      .configureOutput({ outputError: (text, write) => write(mistake(text, name, colors)) });
  }
}

const EXIT_CODES = `
Exit codes:
  0  it is done, and nothing is wrong
  1  there are errors, or it could not be done
  2  the command makes no sense as given`;

/** Commander says `error: …`, and a second line in parentheses when it has a suggestion. */
function mistake(text: string, name: string, colors: Colors): string {
  const [message = "", suggestion] = text.trimEnd().split("\n");
  const plain = message.replace(/^error: /, "");
  const sentence = `${plain.charAt(0).toUpperCase()}${plain.slice(1)}${/[.!?]$/.test(plain) ? "" : "."}`;
  const help = suggestion?.replace(/^\((.*)\)$/, "$1") ?? `\`${name} --help\` shows how it is used.`;
  return `${colors.red(colors.bold("error:"))} ${sentence}\n${colors.green("help:")} ${help}\n`;
}
