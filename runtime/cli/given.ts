/** Options as they were given. */
export function text(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** What `whole` has read. */
export function number(value: unknown): number | undefined {
  return value as number | undefined;
}

/** Without those that were not given. */
export function given<T extends object>(options: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
