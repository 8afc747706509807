/**
 * Claims whose answer was lost: they may have taken executions that no worker knows it holds. Their tokens go with every
 * renewal of a lease, long enough for a statement that was still under way.
 */
const KEEP_MS = 10 * 60_000;

export interface Unanswered {
  add(token: string): void;
  tokens(): readonly string[];
}

export function unanswered(): Unanswered {
  const since = new Map<string, number>();
  return {
    add: (token) => void since.set(token, performance.now()),
    tokens: () => {
      for (const [token, at] of since) if (performance.now() - at > KEEP_MS) since.delete(token);
      return [...since.keys()];
    },
  };
}
