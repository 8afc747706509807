/** Which request is answered by which feature. */
import type { Connection } from "vscode-languageserver/node";
import { atPosition, type Desk } from "../requests.ts";
import { definition } from "./definition.ts";
import { hover } from "./hover.ts";
import { highlights, references } from "./references.ts";

export function addFeatures(connection: Connection, desk: Desk): void {
  connection.onHover(atPosition(desk, "hover", hover));
  connection.onDefinition(atPosition(desk, "definition", definition));
  connection.onReferences(
    atPosition(desk, "references", (view, offset, { context }) =>
      references(view, offset, context?.includeDeclaration === true),
    ),
  );
  connection.onDocumentHighlight(atPosition(desk, "documentHighlight", highlights));
}
