/** A completion script for fish. */
import type { CommandShape, OptionShape, ProgramShape, Values } from "./shape.ts";

export function fishScript({ name, options, commands }: ProgramShape): string {
  const lines = [
    `# Completion of ${name} for fish: ${name} completions fish | source`,
    `complete -c ${name} -f`,
    ...options.map((option) => optionLine(name, "__fish_use_subcommand", option)),
    ...commands.flatMap((command) => commandLines(name, command)),
  ];
  return `${lines.join("\n")}\n`;
}

function commandLines(program: string, { name, description, options, values }: CommandShape): string[] {
  const inside = `__fish_seen_subcommand_from ${name}`;
  const argument = action(values);
  return [
    `complete -c ${program} -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
    ...options.map((option) => optionLine(program, inside, option)),
    ...(argument === "" ? [] : [`complete -c ${program} -n ${quoted(inside)} ${argument}`]),
  ];
}

function optionLine(program: string, condition: string, { flags, description, values }: OptionShape): string {
  const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  // `-x` takes a value and offers no files beside it.
  const value = values === null ? [] : [`${values.kind === "files" ? "-r" : "-x"} ${action(values)}`.trim()];
  return [`complete -c ${program} -n ${quoted(condition)}`, ...names, ...value, `-d ${quoted(description)}`].join(" ");
}

function action(values: Values): string {
  switch (values.kind) {
    case "words":
      return `-a ${quoted(values.words.join(" "))}`;
    case "sources":
      return "-k -a '(__fish_complete_suffix .durable)'";
    case "files":
      return "-F";
    case "folders":
      return "-a '(__fish_complete_directories)'";
    case "anything":
      return "";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
