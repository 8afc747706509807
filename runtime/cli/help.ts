/** How commands explain themselves: examples, exit codes, and mistakes with the one thing to do. */
import type { Command } from "commander";

/** To be called when all commands have been added. */
export function explainAlike(program: Command): void {
  program.addHelpText("after", EXAMPLES).addHelpText("after", EXIT_CODES);
  for (const command of [program, ...program.commands]) {
    const name = command === program ? program.name() : `${program.name()} ${command.name()}`;
    command.configureOutput({ outputError: (text, write) => write(mistake(text, name)) });
  }
}

const EXAMPLES = `
Examples:
  durable worker --workflows dist/generated/orders.js --queue default=10
  durable start Shop.Order --workflows dist/generated/orders.js --input @order.json
  durable list --status failed --database ./data
  durable show order-1042
  durable send-event order-1042 picked_up '{"courier": "Bo"}'`;

const EXIT_CODES = `
Exit codes:
  0  it is done
  1  it could not be done
  2  the command makes no sense as given`;

/** Commander says `error: …`, and a second line in parentheses when it has a suggestion. */
function mistake(text: string, name: string): string {
  const [message = "", suggestion] = text.trimEnd().split("\n");
  const plain = message.replace(/^error: /, "");
  const sentence = `${plain.charAt(0).toUpperCase()}${plain.slice(1)}${/[.!?]$/.test(plain) ? "" : "."}`;
  const help = suggestion?.replace(/^\((.*)\)$/, "$1") ?? `\`${name} --help\` shows how it is used.`;
  return `error: ${sentence}\nhelp: ${help}\n`;
}
