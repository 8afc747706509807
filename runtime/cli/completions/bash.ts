/** A completion script for bash, from 3.2 up. */
import type { CommandShape, OptionShape, ProgramShape, Values } from "./shape.ts";

export function bashScript({ name, options, commands }: ProgramShape): string {
  const fn = `_${name}`;
  const names = commands.map((command) => command.name);
  return `# Completion of ${name} for bash: eval "$(${name} completions bash)"
${fn}_words() { COMPREPLY=($(compgen -W "$1" -- "$cur")); }
${fn}_files() { compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); }
${fn}_folders() { compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur")); }
${fn}_sources() {
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -d -- "$cur") $(compgen -f -X '!*.durable' -- "$cur"))
}
${fn}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command="" word IFS=$' \\t\\n'
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] || { command=$word; break; }
  done
  case "$command $previous" in
${commands.flatMap((command) => command.options.flatMap((option) => valueLines(fn, command, option))).join("\n")}
  esac
  case "$command" in
    "") [[ $cur == -* ]] && ${fn}_words ${quoted(flagsOf(options))} || ${fn}_words ${quoted(names)} ;;
${commands.flatMap((command) => commandLines(fn, command)).join("\n")}
  esac
}
complete -F ${fn} ${name}
`;
}

/** After an option that takes a value, the value. */
function valueLines(fn: string, { name }: CommandShape, { flags, values }: OptionShape): string[] {
  if (values === null) return [];
  const patterns = flags.map((flag) => `"${name} ${flag}"`).join("|");
  return [`    ${patterns}) ${complete(fn, values)}; return ;;`];
}

function commandLines(fn: string, { name, options, values }: CommandShape): string[] {
  const flags = quoted(flagsOf(options));
  return [`    ${name}) [[ $cur == -* ]] && ${fn}_words ${flags} || ${complete(fn, values)} ;;`];
}

/** With names that have spaces in them, the lists of files are split at line breaks only. */
function complete(fn: string, values: Values): string {
  switch (values.kind) {
    case "words":
      return `${fn}_words ${quoted(values.words)}`;
    case "anything":
      return ":";
    default:
      return `IFS=$'\\n' ${fn}_${values.kind}`;
  }
}

function flagsOf(options: readonly OptionShape[]): string[] {
  return options.flatMap(({ flags }) => flags);
}

function quoted(words: readonly string[]): string {
  return `'${words.join(" ")}'`;
}
