/** Whatever is edited in whatever order: a session answers as one that reads the texts for the first time. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Expr } from "../../compiler/ast/nodes.ts";
import { descendants } from "../../compiler/ast/walk.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import type { ForeignRequest } from "../../compiler/input.ts";
import type { ForeignModule } from "../../compiler/resolve/resolved.ts";
import { createSession, type Session } from "../../compiler/session.ts";
import { boolean, string } from "../../compiler/types/construct.ts";
import { typeKey } from "../../compiler/types/key.ts";
import { signatures } from "../check/program.ts";
import { templates, textOf, type Version } from "./projects.ts";

const seed = Number(process.env.SESSION_SEED ?? Math.floor(Math.random() * 2 ** 31));

const deliver = {
  name: "deliver",
  params: [string, string],
  result: boolean,
  rest: null,
  minArity: 2,
  line: 1,
  isExact: true,
};

function readMailer({ name, specifier }: ForeignRequest): ForeignModule | null {
  const exports = new Map([["deliver", { ...deliver, path: "mailer.ts" }]]);
  return specifier === "./mailer" ? { name, specifier: "/app/mailer", exports } : null;
}

function newSession(texts: ReadonlyMap<string, string> = new Map()): Session {
  const session = createSession({
    prelude: signatures,
    foreign: readMailer,
    modules: new Map(),
    enabled: [],
    outputPath: ({ path }) => path.replace(/\.durable$/, ".ts"),
  });
  for (const [path, text] of texts) session.update(path, text);
  return session;
}

/** All that can be seen of diagnostics; locations by path, for texts are other objects in another session. */
function shown(session: Session): unknown {
  const place = ({ source, span }: Diagnostic["location"]) => [source.path, source.text, span.start, span.end];
  return [...session.check()].map(([path, found]) => [
    path,
    found.map(({ location, related, ...rest }) => ({
      ...rest,
      location: place(location),
      related: related.map((one) => ({ message: one.message, location: place(one.location) })),
    })),
  ]);
}

async function emitted(session: Session): Promise<unknown> {
  return (await session.emit()).map(({ path, code, map }) => ({ path, code, map }));
}

/** The type of every expression, what a variable is bound to, and the data at every item. */
function types(session: Session): string[] {
  const { files, program } = session.snapshot();
  return [...files.values()]
    .flatMap(({ modules }) => modules.flatMap(descendants))
    .map((node) => {
      const local = node.kind === "variablePattern" ? program.resolved.locals.get(node) : undefined;
      const type = local ? program.typeOfLocal(local) : program.typeOf(node as Expr);
      const data = node.kind === "step" || node.kind === "branch" ? typeKey(program.dataAt(node)) : "";
      return `${node.kind} ${typeKey(type)} ${data}`;
    });
}

async function expectAlike(session: Session, texts: ReadonlyMap<string, string>, emits: boolean): Promise<void> {
  const cold = newSession(texts);
  expect(shown(session)).toEqual(shown(cold));
  expect(types(session)).toEqual(types(cold));
  if (emits) expect(await emitted(session)).toEqual(await emitted(cold));
}

const original = (path: string) => textOf({ file: path, picks: [0], cut: 100 });
const originals = () => new Map(Object.keys(templates).map((path) => [path, original(path)]));

type Edit = Version | { readonly file: string; readonly picks: null };

const file = fc.constantFrom(...Object.keys(templates));
const whole: fc.Arbitrary<Version> = fc.record({
  file,
  // Mostly the first of the texts, which fit together.
  picks: fc.array(fc.oneof({ arbitrary: fc.constant(0), weight: 12 }, { arbitrary: fc.nat(4), weight: 1 }), {
    minLength: 23,
    maxLength: 23,
  }),
  cut: fc.oneof({ arbitrary: fc.constant(100), weight: 9 }, { arbitrary: fc.nat(99), weight: 1 }),
});
const gone = fc.record({ file, picks: fc.constant(null) });
const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.oneof({ arbitrary: whole, weight: 9 }, { arbitrary: gone, weight: 1 }),
  { minLength: 2, maxLength: 12 },
);

test(`incremental answers are those of a cold start (seed ${seed})`, { timeout: 120_000 }, async () => {
  const property = fc.asyncProperty(edits, async (sequence) => {
    const texts = originals();
    const session = newSession(texts);
    session.check();
    for (const [index, edit] of sequence.entries()) {
      const text = edit.picks === null ? null : textOf(edit);
      if (text === null) texts.delete(edit.file);
      else texts.set(edit.file, text);
      session.update(edit.file, text);
      // Writing the files takes most of the time, and what was lowered before is used by the last as well.
      await expectAlike(session, texts, index % 4 === 1 || index === sequence.length - 1);
    }
  });
  await fc.assert(property, { seed, numRuns: Number(process.env.SESSION_RUNS ?? 20) });
});

/** What people do to a line: most of it leaves all other items of the file as they are. */
const changes: readonly ((line: string) => string)[] = [
  (line) => `${line}\n  # A remark.`,
  (line) => line.replace(/\b\d+\b/, (number) => `${Number(number) + 1}`),
  (line) => line.replace(/"(\w+)"/, '"$1 $1"'),
  (line) => line.replace("data.", "(data)."),
  (line) => line.replace(/(\w+):/, "$1_too:"),
  (line) => line.replace(/data\.(\w+)/, "data.$1_too"),
  (line) => line.replace(/data\.\w+/, "data"),
  (line) => line.replace(/= .*/, "= nil"),
  (line) => line.replace(/\w+\(data\)/, "data"),
  (line) => `${line}\n  data = %{}`,
  (line) => `${line}\n  x = `,
  () => "",
  (line) => `${line}(`,
];

const change = fc.option(fc.nat(changes.length - 1), { freq: 4 });
const touched = fc.record({ file: fc.oneof(file, fc.constant("long.durable")), line: fc.nat(200), change });

test(`so they are when lines are edited, one by one, and mended again (seed ${seed})`, {
  timeout: 120_000,
}, async () => {
  const property = fc.asyncProperty(fc.array(touched, { minLength: 4, maxLength: 10 }), async (sequence) => {
    const texts = originals();
    const session = newSession(texts);
    for (const [index, { file: path, line, change }] of sequence.entries()) {
      const lines = texts.get(path)!.split("\n");
      const at = line % lines.length;
      if (change !== null) lines[at] = changes[change]!(lines[at]!);
      texts.set(path, change === null ? original(path) : lines.join("\n"));
      session.update(path, texts.get(path)!);
      await expectAlike(session, texts, index === sequence.length - 1);
    }
  });
  await fc.assert(property, { seed, numRuns: Number(process.env.SESSION_RUNS ?? 15) });
});

/** What a line is while it is being written; `n` tells one from the next. */
const drafts: readonly ((line: string, n: number) => string)[] = [
  (line, n) => line.replace(/"(\w+)"/, `"$1${n}"`),
  (line, n) => line.replace(/"(\w+)"|\b\d+\b|data\.\w+/, `${n}`),
  (line, n) => line.replace(/(\w+): /, `$1${n}: `),
  (line, n) => line.replace(/: ([\w.]+)/, `: [${n}, $1]`),
  (line) => line.replace(/data\.(\w+)/, "data[:$1]"),
  (line, n) => `${line}\n      put_context(:written, ${n})`,
  (line, n) => line.replace(/\{:ok, (\w+)\}/, `{:ok, assign($1, :more, ${n})}`),
  (line) => line,
];

/** Where data is made or looked into. */
const lively = original("long.durable")
  .split("\n")
  .flatMap((line, at) => (/: |data\.|assign/.test(line) ? [at] : []));

const written = fc.record({
  at: fc.constantFrom(...lively),
  drafts: fc.array(fc.nat(drafts.length - 1), { minLength: 2, maxLength: 5 }),
});

test(`so they are while lines are being written (seed ${seed})`, { timeout: 120_000 }, async () => {
  const path = "long.durable";
  const property = fc.asyncProperty(fc.array(written, { minLength: 2, maxLength: 4 }), async (sequence) => {
    const texts = originals();
    const session = newSession(texts);
    session.check();
    const lines = original(path).split("\n");
    for (const { at, drafts: chosen } of sequence) {
      const before = lines[at]!;
      for (const [n, draft] of chosen.entries()) {
        lines[at] = drafts[draft]!(before, n);
        texts.set(path, lines.join("\n"));
        session.update(path, texts.get(path)!);
        await expectAlike(session, texts, n === chosen.length - 1);
      }
    }
  });
  await fc.assert(property, { seed, numRuns: Number(process.env.SESSION_RUNS ?? 15) });
});
