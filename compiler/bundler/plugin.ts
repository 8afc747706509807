/**
 * `import { Order } from "./orders.durable"` in a bundler: the import is answered with the generated module. Checks are the
 * compiler's own; what it finds is the bundler's error or warning, with the place.
 */
import { resolve } from "node:path";
import {
  createUnplugin,
  type UnpluginBuildContext,
  type UnpluginContext,
  type UnpluginInstance,
  type UnpluginMessage,
} from "unplugin";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { renderDiagnostics } from "../diagnostics/render/human.ts";
import { positionAt } from "../source/position.ts";
import type { Location } from "../source/source.ts";
import { toJavaScript } from "./javascript.ts";
import type { DurableOptions } from "./options.ts";
import { type BundledProject, type Compiled, createBundledProject } from "./project.ts";

const source = /\.durable$/;

export const plugin: UnpluginInstance<DurableOptions | undefined, false> = createUnplugin((options = {}) => {
  const project = createBundledProject(options);
  return {
    name: "durablec",
    enforce: "pre",
    buildStart: project.changed,
    watchChange: project.changed,
    load: {
      filter: { id: source },
      handler(id) {
        return load(id, project, this);
      },
    },
    vite: {
      hotUpdate: {
        async handler({ file, modules }) {
          const before = project.last();
          project.changed();
          if (!source.test(file)) return;
          const changed = changedFiles(before, await project.compiled().catch(() => null));
          return [
            ...modules,
            ...changed.flatMap((path) => [...(this.environment.moduleGraph.getModulesByFile(path) ?? [])]),
          ];
        },
      },
    },
  };
});

/** A change of one source can change what becomes of others: of those that call it, and of those that it calls. */
function changedFiles(before: Compiled | null, after: Compiled | null): readonly string[] {
  if (!before || !after) return [];
  return [...after.files].filter(([path, { code }]) => before.files.get(path)?.code !== code).map(([path]) => path);
}

async function load(id: string, project: BundledProject, context: UnpluginBuildContext & UnpluginContext) {
  const { files, sources, diagnostics } = await project.compiled();
  for (const path of sources) context.addWatchFile(path);
  for (const each of diagnostics.filter(isWarningIn(id))) context.warn(messageOf([each]));
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return fail(messageOf(errors), context);
  const file = files.get(id);
  if (file) return toJavaScript(file, id);
  const help = "name the folder with the plugin's option `root`";
  return fail({ message: `${id} is not among the .durable files that are compiled; ${help}.` }, context);
}

/** Thrown, as not every bundler stops at an error that is only reported; webpack alone does not take what is thrown. */
function fail(failure: UnpluginMessage, context: UnpluginBuildContext & UnpluginContext): null {
  const { message, ...place } = failure;
  if (context.getNativeBuildContext?.()?.framework !== "webpack") throw Object.assign(new Error(message), place);
  context.error(failure);
  return null;
}

function isWarningIn(id: string): (diagnostic: Diagnostic) => boolean {
  return ({ severity, location }) => severity === "warning" && resolve(location.source.path) === id;
}

/** As the command line shows them, at the place of the first. */
function messageOf(diagnostics: readonly Diagnostic[]): UnpluginMessage {
  const [{ source, span }] = diagnostics.map(({ location }) => location) as [Location];
  const { line, column } = positionAt(source, span.start);
  const id = resolve(source.path);
  const message = renderDiagnostics(diagnostics, { colors: false });
  return { message, id, loc: { file: id, line, column: column - 1 } };
}
