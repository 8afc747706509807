/**
 * How requests are answered. A feature is a pure function of a view; here it is found the view, and kept from harm: a
 * request that makes no sense is refused, a document that nobody knows has no answer, and a defect of ours is named as
 * one, logged, and survived.
 */
import {
  ErrorCodes,
  LSPErrorCodes,
  type Position,
  ResponseError,
  type TextDocumentIdentifier,
} from "vscode-languageserver/node";
import { UserError } from "../project/user-error.ts";
import { offsetAt } from "./places.ts";
import type { View } from "./view.ts";
import type { Located, Workspace } from "./workspace/workspace.ts";

export interface Desk {
  readonly workspace: () => Workspace;
  readonly log: (message: string) => void;
}

interface DocumentParams {
  readonly textDocument: TextDocumentIdentifier;
}

interface PositionParams extends DocumentParams {
  readonly position: Position;
}

/** A request about a place in a document; `feature` is given the offset. */
export function atPosition<P extends PositionParams, R>(
  desk: Desk,
  name: string,
  feature: (view: View, offset: number, params: P, located: Located) => R,
): (params: P) => Promise<R | null> {
  return inDocument<P, R>(desk, name, (view, params, located) => {
    const { position } = params;
    if (!Number.isInteger(position?.line) || !Number.isInteger(position?.character)) throw malformed(name, "position");
    return feature(view, offsetAt(view.file.source, position), params, located);
  });
}

/** A request about a document. */
export function inDocument<P extends DocumentParams, R>(
  desk: Desk,
  name: string,
  feature: (view: View, params: P, located: Located) => R | Promise<R>,
): (params: P) => Promise<R | null> {
  return guarded(desk, name, async (params: P) => {
    const uri: unknown = params?.textDocument?.uri;
    if (typeof uri !== "string") throw malformed(name, "textDocument.uri");
    const located = desk.workspace().locate(uri);
    await located.project.settle();
    const view = located.project.view(located.path);
    return view === null ? null : feature(view, params, located);
  });
}

/** What a feature throws as a `ResponseError` is its answer; anything else is a defect. */
export function guarded<P, R>(desk: Desk, name: string, answer: (params: P) => Promise<R>): (params: P) => Promise<R> {
  return async (params) => {
    try {
      return await answer(params);
    } catch (thrown) {
      if (thrown instanceof ResponseError) throw thrown;
      if (thrown instanceof UserError)
        throw new ResponseError(LSPErrorCodes.RequestFailed, `${thrown.message} ${thrown.help}`);
      desk.log(`internal error in ${name}: ${describe(thrown)}`);
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      throw new ResponseError(ErrorCodes.InternalError, `durablec: internal error in ${name}: ${reason}`);
    }
  };
}

export function describe(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

function malformed(name: string, missing: string): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidParams, `durablec: ${name} was asked without a valid ${missing}.`);
}
