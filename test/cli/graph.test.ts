import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandInFolder } from "./command.ts";

const { durablec, path, write } = commandInFolder();

const tea = `defmodule Tea.Order do
  use Durable
  use Durable.Orchestration

  workflow "order" do
    step :serve, fn _data ->
      {:ok, id} = start_workflow(Tea.Bill, %{})
      {:ok, %{bill: id}}
    end
  end
end

defmodule Tea.Bill do
  use Durable

  workflow "bill" do
    step :write, fn _data -> :ok end
  end
end
`;

describe("durablec graph", () => {
  it("prints Mermaid on stdout and nothing else", async () => {
    write("tea.durable", tea);
    const { code, stdout, stderr } = await durablec("graph", "tea.durable");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^flowchart TD\n {2}subgraph w1\["Tea.Order order"\]/);
    expect((await durablec("graph", "tea.durable", "--calls")).stdout).toContain('n1 -.->|"starts<br/>ref bill"| n2');
  });

  it("takes the format from the name of the file", async () => {
    write("tea.durable", tea);
    const { stdout, stderr } = await durablec("graph", ".", "--workflow", "Tea.Bill", "--out", "bill.svg");
    expect([stdout, stderr]).toEqual(["", "✓ bill.svg written\n"]);
    expect(readFileSync(path("bill.svg"), "utf8")).toMatch(/^<svg.*Tea.Bill bill.*<\/svg>\s*$/s);
  });

  it("refuses to write what its name does not promise", async () => {
    write("tea.durable", tea);
    const { code, stderr } = await durablec("graph", ".", "--out", "bill.png");
    expect([code, stderr]).toEqual([2, expect.stringContaining("Choose one of .svg, .dot,")]);
    expect(existsSync(path("bill.png"))).toBe(false);
    expect(await durablec("graph", ".", "--out", "bill.txt", "--format", "dot")).toMatchObject({ code: 0 });
    expect(readFileSync(path("bill.txt"), "utf8")).toMatch(/^digraph/);
  });

  it("says which workflows there are", async () => {
    write("tea.durable", tea);
    const { code, stderr } = await durablec("graph", ".", "--workflow", "Tea.Bil");
    expect([code, stderr]).toEqual([2, expect.stringContaining("Did you mean --workflow Tea.Bill?")]);
  });

  it("draws nothing of sources with errors", async () => {
    write("tea.durable", tea.replace(":ok end", "nowhere() end"));
    const { code, stdout, stderr } = await durablec("graph", ".");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("nowhere");
  });
});
