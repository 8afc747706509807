/** What a rule is looking for where none of its alternatives fits, in words. */
export const wanted: Readonly<Record<string, string>> = {
  operand: "a value",
  suffix: "a name",
  map: "the name of a struct",
  moduleItem: "a module or a workflow",
  item: "a step",
  part: "a step",
  statement: "an expression",
  entry: "a key and its value",
  declaredArguments: "a name or a value",
  module: "the module's name",
};
