/** Options that several commands share, and how their values are read. */
import { InvalidArgumentError, Option } from "commander";

export interface ModulesOption {
  /** DSL name of a TypeScript module → its path. */
  readonly module: { readonly [name: string]: string };
}

/** `--module Mailer=./mailer.ts`, any number of times. */
export function modulesOption(): Option {
  return new Option("--module <name=path>", "a TypeScript module and the name it goes by; may be repeated")
    .default({}, "none")
    .argParser((text: string, before: ModulesOption["module"]) => ({ ...before, ...readModule(text) }));
}

function readModule(text: string): ModulesOption["module"] {
  const at = text.indexOf("=");
  const [name, path] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || path === "") throw new InvalidArgumentError("Write it as Name=path, for example Mailer=./mailer.ts.");
  if (!/^[A-Z]\w*(\.[A-Z]\w*)*$/.test(name))
    throw new InvalidArgumentError(`${name} is not a module name: it begins with a capital letter.`);
  return { [name]: path };
}
