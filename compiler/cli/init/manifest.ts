/** A package.json that is there already, with what a project of workflows needs besides. */
import { applyEdits, modify, type ParseError, parse } from "jsonc-parser";
import { UserError } from "../../project/user-error.ts";

interface Manifest {
  readonly [field: string]: unknown;
  readonly scripts?: { readonly [name: string]: string };
}

/** Adds the scripts and dependencies that are missing, and keeps everything else, the layout included. */
export function extendManifest(before: string, wanted: string, path: string): string {
  const manifest = read(before, path);
  const complete: Manifest = JSON.parse(wanted);
  const additions = ["scripts", "dependencies", "devDependencies"].flatMap((group) =>
    Object.entries(complete[group] as object)
      .filter(([name]) => !isThere(manifest, group, name))
      .map(([name, value]) => ({ at: [group, name], value })),
  );
  return [...moduleType(manifest, path), ...additions].reduce((text, { at, value }) => {
    const formattingOptions = { insertSpaces: true, tabSize: 2 };
    return applyEdits(text, modify(text, at, value, { formattingOptions }));
  }, before);
}

function read(text: string, path: string): Manifest {
  const errors: ParseError[] = [];
  const manifest: unknown = parse(text, errors, { disallowComments: true });
  if (errors.length === 0 && typeof manifest === "object" && manifest !== null) return manifest as Manifest;
  throw new UserError("environment", `${path} is not JSON.`, "Mend it, or choose another folder.");
}

const NO_TEST = 'echo "Error: no test specified" && exit 1';

/** A dependency counts as there in whichever group it stands; the script that `npm init` puts in does not. */
function isThere(manifest: Manifest, group: string, name: string): boolean {
  const groups = group === "scripts" ? [group] : ["dependencies", "devDependencies"];
  return groups.some((candidate) => {
    const entries = manifest[candidate] as { readonly [name: string]: string } | undefined;
    return entries !== undefined && Object.hasOwn(entries, name) && entries[name] !== NO_TEST;
  });
}

/** The project's code are ES modules. What `npm init` says is nobody's decision; what else says otherwise may be one. */
function moduleType(manifest: Manifest, path: string): { at: string[]; value: string }[] {
  if (manifest.type === "module") return [];
  if (manifest.type === undefined || manifest.scripts?.test === NO_TEST) return [{ at: ["type"], value: "module" }];
  throw new UserError(
    "environment",
    `${path} says that the code is CommonJS, but the code of a new project are ES modules.`,
    'Change its "type" to "module", or choose another folder.',
  );
}
