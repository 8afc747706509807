/** Pictures, by Graphviz itself, which comes along as WebAssembly. */
import { instance } from "@viz-js/viz";
import { toDot } from "./dot.ts";
import type { Drawing } from "./drawing.ts";

export async function toSvg(drawing: Drawing): Promise<string> {
  const graphviz = await instance();
  const svg = graphviz.renderString(toDot(drawing), { format: "svg" });
  return withoutPreamble(svg).replaceAll('font-family="Helvetica,sans-Serif"', FONTS);
}

/** Fonts of the same widths as the one that was laid out with. */
const FONTS = "font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\"";

/** The document type and the version of the generator are noise in a page and in a diff. */
function withoutPreamble(svg: string): string {
  return svg.slice(svg.indexOf("<svg"));
}
