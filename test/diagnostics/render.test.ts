import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { renderDiagnostic } from "../../compiler/diagnostics/render/human.ts";
import { reportOf } from "../../compiler/diagnostics/render/json.ts";
import type { Location, SourceText } from "../../compiler/source/source.ts";

const orders: SourceText = {
  path: "shop/orders.durable",
  text: `defmodule Shop.Orders do
  workflow "process" do
    step :charge, fn data ->
      {:ok, first} = start_workflow(Shop.Email, %{"to" => data.email})

      {:ok, second} = start_workflow(Shop.Email, %{"to" => data.boss})
      Enum.mpa([first, second], &String.upcase/1)
    end
  end
end
`,
};

const emails: SourceText = { path: "shop/emails.durable", text: `defmodule Shop.Email do\nend\n` };

/** The place of a text, by its first occurrence after an anchor. */
function place(source: SourceText, text: string, after = ""): Location {
  const from = after === "" ? 0 : source.text.indexOf(after) + after.length;
  const start = source.text.indexOf(text, from);
  return { source, span: { start, end: start + text.length } };
}

function diagnostic(location: Location, more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: "name/unknown-function",
    severity: "error",
    message: "`Enum` has no function `mpa`.",
    help: "Did you mean `Enum.map`?",
    location,
    related: [],
    ...more,
  };
}

const plain = (it: Diagnostic) => renderDiagnostic(it, { colors: false });

describe("a diagnostic for people", () => {
  it("shows the code, underlines it and ends with what to do", () => {
    expect(plain(diagnostic(place(orders, "Enum.mpa")))).toMatchInlineSnapshot(`
      "error[name/unknown-function] \`Enum\` has no function \`mpa\`.
         ╭─ shop/orders.durable:7:7
         │
       6 │       {:ok, second} = start_workflow(Shop.Email, %{"to" => data.boss})
       7 │       Enum.mpa([first, second], &String.upcase/1)
         │       ^^^^^^^^
       8 │     end
         │
         ╰─ help: Did you mean \`Enum.map\`?"
    `);
  });

  it("shows a second place of the same file in the same frame, with what it is", () => {
    const second = place(orders, "start_workflow", "second} = ");
    const first = place(orders, "start_workflow");
    const collision = diagnostic(second, {
      code: "ref/collision",
      message: 'This call and an earlier one both have the ref "email".',
      help: "Give one of them its own: `ref: :second_email`.",
      related: [{ message: "the earlier call", location: first }],
    });
    expect(plain(collision)).toMatchInlineSnapshot(`
      "error[ref/collision] This call and an earlier one both have the ref "email".
         ╭─ shop/orders.durable:6:23
         │
       3 │     step :charge, fn data ->
       4 │       {:ok, first} = start_workflow(Shop.Email, %{"to" => data.email})
         │                      -------------- the earlier call
       5 │
       6 │       {:ok, second} = start_workflow(Shop.Email, %{"to" => data.boss})
         │                       ^^^^^^^^^^^^^^
       7 │       Enum.mpa([first, second], &String.upcase/1)
         │
         ╰─ help: Give one of them its own: \`ref: :second_email\`."
    `);
  });

  it("shows a second place of another file in a frame of its own", () => {
    const far = diagnostic(place(orders, "Shop.Email"), {
      severity: "warning",
      related: [{ message: "defined here", location: place(emails, "Shop.Email") }],
    });
    expect(plain(far)).toMatchInlineSnapshot(`
      "warning[name/unknown-function] \`Enum\` has no function \`mpa\`.
         ╭─ shop/orders.durable:4:37
         │
       3 │     step :charge, fn data ->
       4 │       {:ok, first} = start_workflow(Shop.Email, %{"to" => data.email})
         │                                     ^^^^^^^^^^
         │
         ├─ shop/emails.durable:1:11
         │
       1 │ defmodule Shop.Email do
         │           ---------- defined here
       2 │ end
         │
         ╰─ help: Did you mean \`Enum.map\`?"
    `);
  });

  it("underlines every line of a short range and the ends of a long one", () => {
    expect(plain(diagnostic(place(orders, orders.text.slice(50, 200))))).toMatchInlineSnapshot(`
      "error[name/unknown-function] \`Enum\` has no function \`mpa\`.
         ╭─ shop/orders.durable:3:2
         │
       2 │   workflow "process" do
       3 │     step :charge, fn data ->
         │  ^^^^^^^^^^^^^^^^^^^^^^^^^^^
       4 │       {:ok, first} = start_workflow(Shop.Email, %{"to" => data.email})
         │       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       5 │
       6 │       {:ok, second} = start_workflow(Shop.Email, %{"to" => data.boss})
         │       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       7 │       Enum.mpa([first, second], &String.upcase/1)
         │
         ╰─ help: Did you mean \`Enum.map\`?"
    `);
    expect(plain(diagnostic({ source: orders, span: { start: 0, end: orders.text.length } }))).toMatchInlineSnapshot(`
      "error[name/unknown-function] \`Enum\` has no function \`mpa\`.
          ╭─ shop/orders.durable:1:1
          │
        1 │ defmodule Shop.Orders do
          │ ^^^^^^^^^^^^^^^^^^^^^^^^
        2 │   workflow "process" do
          ⋮
        9 │   end
       10 │ end
          │ ^^^
          │
          ╰─ help: Did you mean \`Enum.map\`?"
    `);
  });

  it("points behind the last character where something is missing at the end", () => {
    const end = orders.text.length;
    expect(plain(diagnostic({ source: orders, span: { start: end, end } }))).toMatchInlineSnapshot(`
      "error[name/unknown-function] \`Enum\` has no function \`mpa\`.
          ╭─ shop/orders.durable:11:1
          │
       10 │ end
       11 │
          │ ^
          │
          ╰─ help: Did you mean \`Enum.map\`?"
    `);
  });

  it("keeps the underline below its text when characters are wide, tabs, or far to the right", () => {
    const source: SourceText = {
      path: "wide.durable",
      text: `\t"日本語 🎉" <> oops\n${"x".repeat(300)}oops${"y".repeat(300)}\n`,
    };
    expect(plain(diagnostic(place(source, "oops")))).toMatchInlineSnapshot(`
      "error[name/unknown-function] \`Enum\` has no function \`mpa\`.
         ╭─ wide.durable:1:14
         │
       1 │  "日本語 🎉" <> oops
         │                 ^^^^
       2 │ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
         │
         ╰─ help: Did you mean \`Enum.map\`?"
    `);
    expect(plain(diagnostic(place(source, "oops", "xx")))).toMatchInlineSnapshot(`
      "error[name/unknown-function] \`Enum\` has no function \`mpa\`.
         ╭─ wide.durable:2:301
         │
       1 │  "日本語 🎉" <> oops
       2 │ …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxoopsyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
         │                                          ^^^^
         │
         ╰─ help: Did you mean \`Enum.map\`?"
    `);
  });

  it("colours only when asked to", () => {
    const csi = String.fromCharCode(27);
    expect(plain(diagnostic(place(orders, "Enum.mpa")))).not.toContain(csi);
    expect(renderDiagnostic(diagnostic(place(orders, "Enum.mpa")), { colors: true })).toContain(csi);
  });
});

describe("diagnostics for machines", () => {
  it("have lines and columns from 1, an exclusive end, and counts by severity", () => {
    const related = [{ message: "defined here", location: place(emails, "Shop.Email") }];
    const warning = diagnostic(place(orders, "first"), { severity: "warning", related });
    expect(reportOf([diagnostic(place(orders, "Enum.mpa")), warning])).toEqual({
      diagnostics: [
        {
          code: "name/unknown-function",
          severity: "error",
          message: "`Enum` has no function `mpa`.",
          help: "Did you mean `Enum.map`?",
          file: "shop/orders.durable",
          line: 7,
          column: 7,
          endLine: 7,
          endColumn: 15,
          related: [],
        },
        {
          code: "name/unknown-function",
          severity: "warning",
          message: "`Enum` has no function `mpa`.",
          help: "Did you mean `Enum.map`?",
          file: "shop/orders.durable",
          line: 4,
          column: 13,
          endLine: 4,
          endColumn: 18,
          related: [{ message: "defined here", file: "shop/emails.durable", line: 1, column: 11 }],
        },
      ],
      errors: 1,
      warnings: 1,
    });
  });
});
