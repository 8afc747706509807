/** A worker outlives its database's absences: what could not be asked is asked again. */

/** Tells about a failure that was or will be got over. */
export type OnError = (error: unknown) => void;

const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 5_000;

/** Does it until it works, at growing intervals; rejects only once `givenUp` says so. */
export async function patiently<T>(work: () => Promise<T>, onError: OnError, givenUp: () => boolean): Promise<T> {
  for (let delay = FIRST_RETRY_MS; ; delay = Math.min(delay * 2, LAST_RETRY_MS)) {
    try {
      return await work();
    } catch (error) {
      if (givenUp()) throw error;
      onError(error);
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}
