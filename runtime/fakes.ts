/**
 * The app's TypeScript modules as compiled code calls them. A test can put fakes in their place, for one worker and
 * whatever it runs; everywhere else a call costs one look at a store that nobody has filled.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { DurableError } from "./errors.ts";

/** Fakes by the name of their module in the source, their functions by the names they have in TypeScript. */
export type Fakes = { readonly [module: string]: { readonly [name: string]: unknown } };

const inPlace = new AsyncLocalStorage<Fakes>();
/** The real ones that compiled files have loaded, by their names in the sources. */
const loaded = new Map<string, object[]>();

/** The module that sources call `name`: the real one, unless what runs now is under test with a fake of it. */
export function foreign<Module extends object>(name: string, module: Module): Module {
  loaded.set(name, [...(loaded.get(name) ?? []), module]);
  return new Proxy(module, {
    get: (real, member) => {
      const fake = inPlace.getStore()?.[name];
      return fake === undefined ? Reflect.get(real, member) : memberOf(fake, name, String(member));
    },
  });
}

/** Runs code, and all it sets going, with fakes in place of modules. Throws `unknown_module` and `unknown_function`. */
export function withFakes<T>(fakes: Fakes, code: () => T): T {
  for (const [name, fake] of Object.entries(fakes)) check(name, Object.keys(fake));
  return inPlace.run(fakes, code);
}

/** What a test did not think of must not reach the real module. */
function memberOf(fake: Fakes[string], name: string, member: string): unknown {
  if (Object.hasOwn(fake, member)) return fake[member];
  throw new Error(`${name}.${member} was called, and the test's fake of ${name} has no ${member}`);
}

function check(name: string, members: readonly string[]): void {
  const modules = loaded.get(name);
  if (modules === undefined) {
    const known = [...loaded.keys()].join(", ");
    const message = `No workflow calls a TypeScript module ${name}, so a fake of it would never be called.`;
    throw new DurableError("unknown_module", message, known === "" ? "They call none." : `They call: ${known}.`);
  }
  const real = [...new Set(modules.flatMap((module) => Object.keys(module)))];
  const unknown = members.find((member) => !real.includes(member));
  if (unknown === undefined) return;
  const message = `The TypeScript module ${name} exports no ${unknown}, so a fake of it would never be called.`;
  throw new DurableError("unknown_function", message, `It exports: ${real.join(", ")}.`);
}
