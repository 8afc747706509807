/**
 * Which project a file belongs to. A project is the folder of the nearest `durable.config.json`, else the workspace folder
 * that holds the file. A file that is in neither is checked with those that lie beside it, as if their folder were one.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { CONFIG_FILE } from "../../project/config.ts";
import { EXTENSION, filesBelow } from "../../project/sources.ts";
import { createProject, type EditorProject } from "./project.ts";

export interface Workspace {
  /** Where a document is, or would be; a project is opened when its first file is asked for. */
  readonly locate: (uri: string) => Located;
  readonly projects: () => readonly EditorProject[];
  /** Forgets a project that is no longer needed. */
  readonly drop: (project: EditorProject) => void;
}

export interface Located {
  readonly project: EditorProject;
  /** Relative to the project's root, as sources are named. */
  readonly path: string;
}

const signatures = fileURLToPath(new URL("../../prelude/", import.meta.url));

export function openWorkspace(folders: readonly string[]): Workspace {
  const projects = new Map<string, EditorProject>();

  const rootOf = (file: string) =>
    isForeign(file) ? dirname(file) : (nearestConfig(dirname(file)) ?? folderAround(file, folders) ?? dirname(file));

  const projectAt = (root: string): EditorProject => {
    const known = projects.get(root) ?? createProject(placeOf(root));
    projects.set(root, known);
    return known;
  };
  const placeOf = (root: string) => {
    const isWhole = folders.includes(root) || existsSync(join(root, CONFIG_FILE));
    const candidates = () => (isWhole ? filesBelow(root, EXTENSION) : sourcesIn(root));
    return {
      root,
      files: () => candidates().filter((file) => rootOf(file) === root),
      isReference: join(root, sep) === signatures,
      isPassing: !isWhole,
    };
  };

  for (const folder of folders.filter(isFolder)) {
    projectAt(folder);
    for (const file of filesBelow(folder, EXTENSION)) projectAt(rootOf(file));
  }
  return {
    projects: () => [...projects.values()],
    drop: (project) => projects.delete(project.root),
    locate(uri) {
      const file = fileOf(uri);
      if (file === null) return { project: untitled(uri, projects), path: nameOf(uri) };
      const project = projectAt(rootOf(file));
      return { project, path: relative(project.root, file).replaceAll(sep, "/") };
    },
  };
}

/** The compiler's own signatures, and what came with a package, are no part of the project they lie in. */
function isForeign(file: string): boolean {
  return file.startsWith(signatures) || file.split(sep).includes("node_modules");
}

/** A document that is no file is a project of its own. */
function untitled(uri: string, projects: Map<string, EditorProject>): EditorProject {
  const root = resolve(uri.replace(/[^\w.-]+/g, "_"));
  const known = projects.get(root) ?? createProject({ root, files: () => [], isReference: false, isPassing: true });
  projects.set(root, known);
  return known;
}

function nameOf(uri: string): string {
  const name = uri.slice(uri.search(/[^/:]*$/));
  return name.endsWith(EXTENSION) ? name : `${name}${EXTENSION}`;
}

/** Null for what is not on a disk, such as `untitled:Untitled-1`. */
export function fileOf(uri: string): string | null {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : null;
  } catch {
    return null;
  }
}

function nearestConfig(folder: string): string | null {
  if (existsSync(join(folder, CONFIG_FILE))) return folder;
  const parent = dirname(folder);
  return parent === folder ? null : nearestConfig(parent);
}

/** Of folders within each other, the innermost. */
function folderAround(file: string, folders: readonly string[]): string | null {
  const around = folders.filter((folder) => file.startsWith(join(folder, sep)));
  return around.sort((a, b) => b.length - a.length)[0] ?? null;
}

function sourcesIn(folder: string): string[] {
  if (!isFolder(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => join(folder, name));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
