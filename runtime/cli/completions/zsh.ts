/** A completion script for zsh. */
import type { CommandShape, OptionShape, ProgramShape, Values } from "./shape.ts";

export function zshScript({ name, options, commands }: ProgramShape): string {
  return `#compdef ${name}
# Completion of ${name} for zsh: put it in a folder of $fpath as _${name}, or source <(${name} completions zsh)
_${name}() {
  local context state line
  local -a commands
  commands=(
${commands.map(({ name: command, description }) => `    ${quoted(`${command}:${description}`)}`).join("\n")}
  )
  _arguments -C ${options.map(optionSpec).join(" ")} '1: :->command' '*:: :->rest'
  case $state in
    command) _describe command commands ;;
    rest)
      case $words[1] in
${commands.map(commandLine).join("\n")}
      esac ;;
  esac
}
if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function commandLine({ name, options, values }: CommandShape): string {
  const rest = quoted(`*: :${action(values)}`);
  return `        ${name}) _arguments ${[...options.map(optionSpec), rest].join(" ")} ;;`;
}

/** `'(-h --help)'{-h,--help}'[show help]'`, `'*--out[where]: :_files -/'`; the asterisk, because some may be repeated. */
function optionSpec({ flags, description, values }: OptionShape): string {
  const value = values === null ? "" : `: :${action(values)}`;
  const text = quoted(`[${description.replace(/[[\]\\]/g, "\\$&")}]${value}`);
  const [first, ...others] = flags;
  return others.length === 0 ? `'*${first}'${text}` : `'(${flags.join(" ")})'{${flags.join(",")}}${text}`;
}

function action(values: Values): string {
  switch (values.kind) {
    case "words":
      return `(${values.words.join(" ")})`;
    case "sources":
      return '_files -g "*.durable"';
    case "files":
      return "_files";
    case "folders":
      return "_files -/";
    case "anything":
      return " ";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
