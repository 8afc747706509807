import type { Command } from "commander";
import type { Terminal } from "../terminal.ts";

/** `durablec explain timeout/missing`: what a code means, with examples. */
export function addExplain(program: Command, terminal: Terminal): void {
  program
    .command("explain")
    .summary("say what a diagnostic means")
    .description("Say what a diagnostic means, why the compiler minds, and how to mend it.")
    .argument("<code>", "as it stands in the brackets of a message: timeout/missing")
    .addHelpText("after", EXAMPLES)
    .action(async (code: string) => {
      terminal.print(await explain(code));
    });
}

const EXAMPLES = `
Examples:
  durablec explain timeout/missing`;

async function explain(code: string): Promise<string> {
  const { rules } = await import("../../diagnostics/catalog/index.ts");
  const rule = rules.find((candidate) => candidate.code === code);
  const { explainRule } = await import("../../diagnostics/render/explain.ts");
  if (rule) return explainRule(rule);
  const { suggest } = await import("../../diagnostics/suggest.ts");
  const { UserError } = await import("../../project/user-error.ts");
  const codes = rules.map((candidate) => candidate.code);
  const near = suggest(code, codes);
  const family = codes.filter((candidate) => candidate.startsWith(`${code.split("/")[0]}/`));
  const known =
    family.length > 0 ? family.join(", ") : [...new Set(codes.map((each) => each.split("/")[0]))].join(", ");
  throw new UserError(
    "usage",
    `There is no diagnostic ${code}.`,
    near === null ? `There are: ${known}.` : `Did you mean ${near}?`,
  );
}
