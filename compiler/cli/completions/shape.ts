/** What can be completed, read from the commands as they are declared. */
import type { Argument, Command, Option } from "commander";

/** What a word may be. */
export type Values =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "sources" }
  | { readonly kind: "files" }
  | { readonly kind: "folders" }
  | { readonly kind: "anything" };

export interface OptionShape {
  /** `--out`, and `-o` where there is one. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Null for an option without a value. */
  readonly values: Values | null;
}

export interface CommandShape {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionShape[];
  /** Of its arguments: the last stands for all that follow. */
  readonly values: Values;
}

export interface ProgramShape {
  readonly name: string;
  readonly options: readonly OptionShape[];
  readonly commands: readonly CommandShape[];
}

/** `words` are those that an argument may be, by `command <argument>`, where no declaration says so. */
export function shapeOf(program: Command, words: { readonly [argument: string]: readonly string[] }): ProgramShape {
  const help = { flags: ["-h", "--help"], description: "show how it is used", values: null };
  return {
    name: program.name(),
    options: [...program.options.map(optionOf), help],
    commands: program.commands.map((command) => ({
      name: command.name(),
      description: command.summary() || command.description(),
      options: [...command.options.filter(({ hidden }) => !hidden).map(optionOf), help],
      values: argumentOf(command, words),
    })),
  };
}

function optionOf({ short, long, description, flags, argChoices }: Option): OptionShape {
  const placeholder = /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1];
  return {
    flags: [short, long].filter((flag) => flag !== undefined),
    description,
    values: placeholder === undefined ? null : argChoices ? { kind: "words", words: argChoices } : meant(placeholder),
  };
}

function argumentOf(command: Command, words: { readonly [argument: string]: readonly string[] }): Values {
  const [argument] = command.registeredArguments as readonly Argument[];
  if (argument === undefined) return { kind: "anything" };
  const known = argument.argChoices ?? words[`${command.name()} <${argument.name()}>`];
  return known === undefined ? meant(argument.name()) : { kind: "words", words: known };
}

const placeholders: { readonly [word: string]: Values["kind"] } = {
  path: "sources",
  file: "files",
  dir: "folders",
  folder: "folders",
};

/** What a placeholder stands for, by its name. */
function meant(placeholder: string): Values {
  const kind = placeholders[placeholder.replace(/\.+$/, "")];
  return kind === undefined || kind === "words" ? { kind: "anything" } : { kind };
}
