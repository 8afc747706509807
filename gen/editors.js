// What editors need to know of the language, as the JSON they read. It comes from the token table.
import { languageConfiguration, monarchGrammar, textMateGrammar } from "@durablec/grammar";

const folder = "generated/editors";

/** Text by path. */
export function editorFiles() {
  return [
    [`${folder}/durable.tmLanguage.json`, json(textMateGrammar())],
    [`${folder}/durable.monarch.json`, json(monarchGrammar())],
    [`${folder}/language-configuration.json`, json(languageConfiguration())],
  ];
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
