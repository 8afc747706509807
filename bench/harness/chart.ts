/** Tables as bar charts. */
import { init } from "echarts";
import type { Cell, Table } from "./bench.ts";
import { numberText } from "./table.ts";

const WIDTH = 900;
const BAR = 22;

/** SVG. */
export function chartSvg({ title, columns, rows, chart }: Table): string {
  const height = 130 + rows.length * (chart.columns.length * BAR + 14);
  const drawing = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  const logarithmic = chart.scale === "log";
  drawing.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    title: { text: title, left: 10, top: 8, textStyle: { fontSize: 15 } },
    legend: { top: 36, left: 10, show: chart.columns.length > 1 },
    grid: { left: 10, right: 90, top: 70, bottom: 30, containLabel: true },
    xAxis: { type: logarithmic ? "log" : "value", name: chart.unit, nameLocation: "end" },
    yAxis: { type: "category", inverse: true, data: rows.map(([name]) => String(name)) },
    series: chart.columns.map((column) => ({
      name: column,
      type: "bar",
      data: rows.map((row) => barOf(row[columns.indexOf(column)] ?? null)),
      label: { show: true, position: "right", formatter: ({ value }: { value: unknown }) => label(value) },
    })),
  });
  const svg = drawing.renderToSVGString();
  drawing.dispose();
  return svg;
}

function barOf(cell: Cell): number | null {
  if (cell === null || typeof cell === "string") return null;
  return typeof cell === "number" ? cell : cell.median;
}

function label(value: unknown): string {
  return typeof value === "number" ? numberText(value) : "";
}
