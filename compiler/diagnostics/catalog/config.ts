/** Mistakes in `durable.config.json`; `bad` and `good` are texts of that file. */
import { rule } from "../diagnostic.ts";

export const invalidJson = rule<{ readonly expected: string }>({
  code: "config/invalid-json",
  severity: "error",
  summary: "The configuration is not JSON",
  message: ({ expected }) => `The configuration is not valid JSON: ${expected}.`,
  help: () => "Mend the text here; comments are allowed, everything else is plain JSON.",
  explanation: "Nothing of a configuration that cannot be read is used, so the build stops rather than guess.",
  bad: `{ "modules": { "Mailer" "./mailer.ts" } }`,
  good: `{ "modules": { "Mailer": "./mailer.ts" } }`,
});

export const unknownOption = rule<{ readonly option: string; readonly suggestion: string | null }>({
  code: "config/unknown-option",
  severity: "error",
  summary: "An option that does not exist",
  message: ({ option }) => `There is no option \`${option}\`.`,
  help: ({ suggestion }) =>
    suggestion === null ? "Remove it; README.md lists the options." : `Did you mean \`${suggestion}\`?`,
  explanation: "A misspelt option would otherwise be ignored, and the build would quietly do something else.",
  bad: `{ "module": { "Mailer": "./mailer.ts" } }`,
  good: `{ "modules": { "Mailer": "./mailer.ts" } }`,
});

export const invalidValue = rule<{ readonly option: string; readonly expected: string }>({
  code: "config/invalid-value",
  severity: "error",
  summary: "An option with a value it cannot have",
  message: ({ option, expected }) => `\`${option}\` must be ${expected}.`,
  help: ({ expected }) => `Write ${expected} here.`,
  explanation:
    "Options are checked before anything is compiled, so that a mistake shows here and not as a strange build.",
  bad: `{ "strict": "yes" }`,
  good: `{ "strict": true }`,
});

export const unknownRule = rule<{ readonly code: string; readonly suggestion: string | null }>({
  code: "config/unknown-rule",
  severity: "error",
  summary: "A severity for a diagnostic that does not exist",
  message: ({ code }) => `There is no diagnostic \`${code}\`.`,
  help: ({ suggestion }) =>
    suggestion === null ? "docs/diagnostics.md lists every code." : `Did you mean \`${suggestion}\`?`,
  explanation: "A setting for a misspelt code would have no effect, and nobody would notice.",
  bad: `{ "rules": { "timeout/mising": "error" } }`,
  good: `{ "rules": { "timeout/missing": "error" } }`,
});

export const fixedSeverity = rule<{ readonly code: string }>({
  code: "config/fixed-severity",
  severity: "error",
  summary: "A milder severity for what is always an error",
  message: ({ code }) => `\`${code}\` is always an error.`,
  help: () => "Remove this line, and mend the code that it was meant to excuse.",
  explanation:
    "A program with an error has no sound translation, so errors can be neither turned off nor made warnings.",
  bad: `{ "rules": { "ref/collision": "warning" } }`,
  good: `{ "rules": { "timeout/missing": "off" } }`,
});
