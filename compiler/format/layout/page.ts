/** Text as it is written, line by line. Lines that hold nothing get no spaces. */

export interface Page {
  readonly column: () => number;
  readonly write: (text: string, width: number) => void;
  readonly endLine: (indent: number) => void;
  /** From here to the next text, no more than one empty line. */
  readonly limitBlankLines: () => void;
  readonly text: () => string;
}

export function createPage(): Page {
  const written: string[] = [];
  let [column, ended, most] = [0, 0, Number.POSITIVE_INFINITY];

  function flush(): void {
    if (ended === 0) return;
    written.push("\n".repeat(Math.min(ended, most)), " ".repeat(column));
    ended = 0;
    most = Number.POSITIVE_INFINITY;
  }

  return {
    column: () => column,
    write(text, width) {
      if (text === "") return;
      flush();
      written.push(text);
      column += width;
    },
    endLine(indent) {
      ended++;
      column = indent;
    },
    limitBlankLines() {
      most = 2;
    },
    text: () => written.join(""),
  };
}
