/** What the extension does when an editor activates it: doubles stand for the editor and for the language client. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";

const editor = vi.hoisted(() => ({
  isTrusted: true,
  folder: "",
  registered: new Map<string, () => unknown>(),
  trusted: () => {},
  configured: (_change: { affectsConfiguration(section: string): boolean }) => {},
  warnings: [] as string[],
  clients: [] as { readonly options: unknown; readonly documents: unknown; state: string }[],
}));

vi.mock("vscode", () => ({
  commands: {
    registerCommand: (name: string, run: () => unknown) => {
      editor.registered.set(name, run);
      return { dispose: () => {} };
    },
  },
  env: {},
  window: {
    createOutputChannel: () => ({ show: () => {} }),
    showWarningMessage: async (message: string) => void editor.warnings.push(message),
  },
  workspace: {
    get isTrusted() {
      return editor.isTrusted;
    },
    get workspaceFolders() {
      return [{ uri: { fsPath: editor.folder } }];
    },
    getConfiguration: () => ({ get: (_name: string, fallback: string) => fallback }),
    onDidGrantWorkspaceTrust: (start: () => void) => {
      editor.trusted = start;
    },
    onDidChangeConfiguration: (changed: typeof editor.configured) => {
      editor.configured = changed;
    },
  },
}));

vi.mock("vscode-languageclient/node", () => ({
  TransportKind: { stdio: "stdio" },
  LanguageClient: class {
    readonly #record;
    constructor(_id: string, _name: string, options: unknown, { documentSelector }: { documentSelector: unknown }) {
      this.#record = { options, documents: documentSelector, state: "made" };
      editor.clients.push(this.#record);
    }
    async start() {
      this.#record.state = "started";
    }
    async dispose() {
      this.#record.state = "ended";
    }
  },
}));

const { activate, deactivate } = await import("../../grammar/vscode/client/extension.ts");

const root = mkdtempSync(join(tmpdir(), "durablec-activation-"));
const installed = join(root, "with/node_modules/durablec/bin/durablec.js");
mkdirSync(dirname(installed), { recursive: true });
mkdirSync(join(root, "without"));
writeFileSync(installed, "");
afterAll(() => rmSync(root, { recursive: true }));

const context = () => ({ subscriptions: [] as unknown[] }) as unknown as Parameters<typeof activate>[0];
const states = () => editor.clients.map(({ state }) => state);

describe("an editor that activates the extension", () => {
  beforeEach(async () => {
    await deactivate();
    Object.assign(editor, { isTrusted: true, folder: join(root, "with"), warnings: [], clients: [] });
  });

  it("has the workspace's own durablec run for .durable documents", async () => {
    await activate(context());
    expect(editor.clients).toEqual([
      {
        options: { module: installed, args: ["lsp"], transport: "stdio" },
        documents: [{ language: "durable" }],
        state: "started",
      },
    ]);
    await deactivate();
    expect(states()).toEqual(["ended"]);
  });

  it("runs nothing of a workspace that is not trusted, until it is", async () => {
    editor.isTrusted = false;
    await activate(context());
    expect(editor.clients).toEqual([]);
    editor.trusted();
    await vi.waitFor(() => expect(states()).toEqual(["started"]));
  });

  it("restarts it on command, and when the setting that names it changes", async () => {
    await activate(context());
    await editor.registered.get("durable.restartServer")!();
    expect(states()).toEqual(["ended", "started"]);
    editor.configured({ affectsConfiguration: (section) => section === "editor.fontSize" });
    editor.configured({ affectsConfiguration: (section) => section === "durable.server.path" });
    await vi.waitFor(() => expect(states()).toEqual(["ended", "ended", "started"]));
  });

  it("says where it looked, and what to do, when there is none", async () => {
    editor.folder = join(root, "without");
    vi.stubEnv("PATH", "");
    await activate(context());
    vi.unstubAllEnvs();
    expect(editor.clients).toEqual([]);
    expect(editor.warnings).toEqual([expect.stringContaining("npm install --save-dev durablec")]);
  });
});
