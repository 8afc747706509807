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

/** What a value may be, where no declaration says so: of an argument by `command <argument>`, of options by `<placeholder>`. */
export interface Words {
  readonly [value: string]: readonly string[];
}

export function shapeOf(program: Command, words: Words): ProgramShape {
  const help = { flags: ["-h", "--help"], description: "show how it is used", values: null };
  return {
    name: program.name(),
    options: [...program.options.map((option) => optionOf(option, words)), help],
    commands: program.commands.map((command) => ({
      name: command.name(),
      description: command.summary() || command.description(),
      options: [...command.options.filter(({ hidden }) => !hidden).map((option) => optionOf(option, words)), help],
      values: argumentOf(command, words),
    })),
  };
}

function optionOf({ short, long, description, flags, argChoices }: Option, words: Words): OptionShape {
  const placeholder = /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1];
  return {
    flags: [short, long].filter((flag) => flag !== undefined),
    description,
    values: placeholder === undefined ? null : valuesOf(placeholder, argChoices ?? words[`<${placeholder}>`]),
  };
}

function argumentOf(command: Command, words: Words): Values {
  const [argument] = command.registeredArguments as readonly Argument[];
  if (argument === undefined) return { kind: "anything" };
  return valuesOf(argument.name(), argument.argChoices ?? words[`${command.name()} <${argument.name()}>`]);
}

function valuesOf(placeholder: string, words: readonly string[] | undefined): Values {
  return words === undefined ? meant(placeholder) : { kind: "words", words };
}

const placeholders: { readonly [word: string]: Values["kind"] } = {
  path: "sources",
  file: "files",
  module: "files",
  dir: "folders",
  folder: "folders",
};

/** What a placeholder stands for, by its name. */
function meant(placeholder: string): Values {
  const kind = placeholders[placeholder.replace(/\.+$/, "")];
  return kind === undefined || kind === "words" ? { kind: "anything" } : { kind };
}
