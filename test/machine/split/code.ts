/** Code that prints itself for the variables in scope, so that a program stays sound while it is shrunk. */

export interface Scope {
  /** Variables that hold a text. */
  readonly texts: readonly string[];
  /** Variables that hold a list of texts. */
  readonly lists: readonly string[];
}

export type Sort = keyof Scope;

export type Code = (scope: Scope) => string;

/** Code that binds a variable for what follows it. */
export interface Definition {
  readonly code: Code;
  readonly binds: { readonly name: string; readonly sort: Sort } | null;
}

/** A name means one thing at a time: a text, or a list. */
export function withName({ texts, lists }: Scope, sort: Sort, name: string): Scope {
  const others = { texts: texts.filter((known) => known !== name), lists: lists.filter((known) => known !== name) };
  return { ...others, [sort]: [...others[sort], name] };
}

/** `$1` becomes the first part: on a line of its own as it is, and with the line's indentation; elsewhere in parentheses. */
export function fill(form: string, parts: readonly Code[], scope: Scope): string {
  return form.replace(/^( *)\$(\d)$|\$(\d)/gm, (_, indent: string, alone: string | undefined, inline: string) => {
    if (alone === undefined) return operand(parts[Number(inline) - 1]!(scope));
    return parts[Number(alone) - 1]!(scope).replaceAll(/^/gm, indent);
  });
}

function operand(text: string): string {
  return /^([\w.]+|"[^"]*"|\w+\([\w", ]*\))$/.test(text) ? text : `(${text})`;
}

export function blockOf(definitions: readonly Definition[], last: Code): Code {
  return (outer) => {
    const lines: string[] = [];
    let scope = outer;
    for (const { code, binds } of definitions) {
      lines.push(code(scope));
      if (binds) scope = withName(scope, binds.sort, binds.name);
    }
    return [...lines, last(scope)].join("\n");
  };
}
