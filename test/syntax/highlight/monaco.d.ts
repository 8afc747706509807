/** The two inner modules of Monaco that run without a page; its package has no types for them. */
declare module "monaco-editor-core/esm/vs/editor/standalone/common/monarch/monarchCompile.js" {
  export function compile(languageId: string, language: unknown): unknown;
}

declare module "monaco-editor-core/esm/vs/editor/standalone/common/monarch/monarchLexer.js" {
  interface State {
    readonly languageState: never;
  }
  export class MonarchTokenizer {
    constructor(languages: unknown, theme: unknown, languageId: string, lexer: unknown, settings: unknown);
    getInitialState(): State;
    tokenize(
      line: string,
      hasEndOfLine: boolean,
      state: State,
    ): { readonly tokens: readonly { readonly offset: number; readonly type: string }[]; readonly endState: State };
  }
}
