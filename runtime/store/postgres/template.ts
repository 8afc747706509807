/** Makes the image that new embedded databases begin as. Run by template/build.js, never by an app. */
import { writeFileSync } from "node:fs";
import { migrate } from "./migrate.ts";
import { overPglite, startPglite, templateFile } from "./pglite.ts";
import { DEFAULT_SCHEMA } from "./schema.ts";

/** About five seconds. */
export async function writeTemplate(): Promise<void> {
  const pglite = await startPglite(null, null);
  const database = await overPglite(pglite, "template");
  await migrate(database, DEFAULT_SCHEMA);
  const image = await pglite.dumpDataDir("gzip");
  writeFileSync(templateFile(), Buffer.from(await image.arrayBuffer()));
  await database.close();
}

export { templateFile };
