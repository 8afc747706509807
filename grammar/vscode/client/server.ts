/** Which `durablec` serves a workspace. Knows nothing of VS Code, so that it can be tested without one. */
import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";

/** How the server is started. Both take `lsp --stdio`. */
export type Server =
  /** A JavaScript file, run by the editor's own Node. */
  | { readonly kind: "module"; readonly path: string }
  /** A program, looked up on the `PATH` unless it is a path. */
  | { readonly kind: "command"; readonly path: string }
  | { readonly kind: "missing"; readonly tried: readonly string[] };

export interface Surroundings {
  /** The setting `durable.server.path`; empty when it is not set. */
  readonly setting: string;
  /** Paths of the workspace's folders, in order. */
  readonly folders: readonly string[];
  /** The folders of the environment's `PATH`. */
  readonly programFolders: readonly string[];
  readonly platform: NodeJS.Platform;
}

const installed = "node_modules/durablec/bin/durablec.js";

/** The setting wins; then what a folder of the workspace has installed, there or in a folder above; then the `PATH`. */
export function findServer({ setting, folders, programFolders, platform }: Surroundings): Server {
  if (setting !== "") return named(setting, folders);
  const local = folders.flatMap(upwards).map((folder) => join(folder, installed));
  const module = local.find(existsSync);
  if (module) return { kind: "module", path: module };
  const program = platform === "win32" ? "durablec.cmd" : "durablec";
  const path = programFolders.map((folder) => join(folder, program)).find(existsSync);
  if (path) return { kind: "command", path };
  return { kind: "missing", tried: [...folders.map((folder) => join(folder, installed)), `${program} on the PATH`] };
}

function named(setting: string, folders: readonly string[]): Server {
  const candidates = isAbsolute(setting) ? [setting] : folders.map((folder) => resolve(folder, setting));
  const path = candidates.find(existsSync);
  if (!path) return { kind: "missing", tried: candidates };
  return { kind: /\.[cm]?js$/.test(path) ? "module" : "command", path };
}

/** A folder and all above it. */
function upwards(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}
