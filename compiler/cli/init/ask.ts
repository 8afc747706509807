/** The questions of `init`, for a terminal. */
import { cancel, confirm, intro, isCancel, text } from "@clack/prompts";
import { nameProblem } from "./template.ts";

/** The user has had enough; nothing has been written. */
export class Cancelled extends Error {}

export function greet(): void {
  intro("A project of durable workflows");
}

export async function askFolder(): Promise<string> {
  return answered(
    await text({ message: "Where shall the project be?", placeholder: "./workflows", defaultValue: "./workflows" }),
  );
}

export async function askName(suggested: string): Promise<string> {
  const validate = (name: string | undefined) => (name ? (nameProblem(name) ?? undefined) : undefined);
  return answered(
    await text({ message: "What is it called?", placeholder: suggested, defaultValue: suggested, validate }),
  );
}

export async function askOverwrite(paths: readonly string[]): Promise<boolean> {
  const files = paths.length === 1 ? `${paths[0]} is` : `${paths.join(", ")} are`;
  return answered(await confirm({ message: `${files} there already. Overwrite?`, initialValue: false }));
}

export async function askInstall(manager: string): Promise<boolean> {
  return answered(await confirm({ message: `Install the packages now, with ${manager}?`, initialValue: true }));
}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (!isCancel(answer)) return answer as Exclude<T, symbol>;
  cancel("Nothing was written.");
  throw new Cancelled();
}
