/** The files of a new project: those of the folder `template`, with the names that the user has chosen. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export interface ProjectFile {
  /** Relative to the project, with slashes. */
  readonly path: string;
  readonly text: string;
}

export interface ProjectNames {
  /** Of the package, `tea-shop`. */
  readonly name: string;
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
}

export function projectFiles(names: ProjectNames): ProjectFile[] {
  const folder = fileURLToPath(new URL("../../template/", import.meta.url));
  return filesBelow(folder).map((file) => {
    const path = relative(folder, file).split(sep).join("/");
    // A package does not ship a file called .gitignore.
    const wanted = path === "gitignore" ? ".gitignore" : path;
    return { path: wanted, text: filled(wanted, readFileSync(file, "utf8"), names) };
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

function filled(path: string, text: string, { name, dependencies, devDependencies }: ProjectNames): string {
  if (path === "package.json") {
    const manifest = { ...JSON.parse(text), name, dependencies, devDependencies };
    return `${JSON.stringify(manifest, null, 2)}\n`;
  }
  return text.replaceAll("Starter.", `${moduleNameOf(name)}.`).replace("# starter", `# ${name}`);
}

/** `tea-shop` and `@ann/tea-shop` as `TeaShop`. */
export function moduleNameOf(name: string): string {
  const words = name.replace(/^@[^/]*\//, "").split(/[^A-Za-z0-9]+/);
  const joined = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join("");
  return /^[A-Z]/.test(joined) ? joined : `App${joined}`;
}

/** What is wrong with the name of a package, in a sentence; null when nothing is. */
export function nameProblem(name: string): string | null {
  if (name.length > 214) return "A package's name has at most 214 characters.";
  if (/^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name)) return null;
  return "A package's name has small letters, digits, dashes and dots, such as tea-shop.";
}

/** A package's name that is close to a folder's. */
export function nameFrom(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9._~-]+/g, "-")
    .replace(/^[-._]+|[-._]+$/g, "");
  return name === "" ? "workflows" : name;
}
