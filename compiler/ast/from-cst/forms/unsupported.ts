/** Words of Elixir that have no place here. Each is answered by name, with what to write instead. */
import * as unsupportedRules from "../../../diagnostics/catalog/syntax-unsupported.ts";
import { report } from "../context.ts";
import { invalid } from "../expressions.ts";
import type { Form } from "./form.ts";

const refuseReceive: Form = (context, name, given) => {
  report(context, unsupportedRules.unsupportedReceive, name.span, undefined);
  return invalid(given.span);
};

const refuseMacro: Form = (context, name, given) => {
  report(context, unsupportedRules.unsupportedMacro, name.span, { word: name.text });
  return invalid(given.span);
};

const refuseProtocol: Form = (context, name, given) => {
  report(context, unsupportedRules.unsupportedProtocol, name.span, { word: name.text });
  return invalid(given.span);
};

const refuseStruct: Form = (context, name, given) => {
  report(context, unsupportedRules.unsupportedStruct, name.span, { name: "" });
  return invalid(given.span);
};

const refuseProcess: Form = (context, name, given) => {
  report(context, unsupportedRules.unsupportedProcess, name.span, { word: name.text });
  return invalid(given.span);
};

const refuseThrow: Form = (context, name, given) => {
  report(context, unsupportedRules.unsupportedThrow, name.span, undefined);
  return invalid(given.span);
};

/** A word that a module may well define for itself is meant with one number of arguments only. */
const table: readonly (readonly [Form, readonly string[]])[] = [
  [refuseReceive, ["receive"]],
  [
    refuseMacro,
    [
      "defmacro",
      "defmacrop",
      "quote",
      "unquote",
      "unquote_splicing",
      "defguard",
      "defguardp",
      "defdelegate",
      "defoverridable",
    ],
  ],
  [refuseProtocol, ["defprotocol", "defimpl"]],
  [refuseStruct, ["defstruct", "defexception", "defrecord"]],
  [refuseThrow, ["throw/1"]],
  [refuseProcess, ["spawn", "spawn_link", "spawn_monitor", "send/2", "self/0", "exit/1"]],
];

export const unsupportedForms: readonly (readonly [string, Form])[] = table.flatMap(([form, words]) =>
  words.map((word) => [word, form] as const),
);
