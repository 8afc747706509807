/** Code that runs for a line. An `AbortSignal` costs more than most steps do, so there is one only when somebody asks. */
export interface Flight {
  readonly isAborted: () => boolean;
  readonly abort: () => void;
  /** Fires when it is aborted; at once when it has been. */
  readonly signal: () => AbortSignal;
}

export function newFlight(): Flight {
  let aborted = false;
  let controller: AbortController | null = null;
  return {
    isAborted: () => aborted,
    abort: () => {
      aborted = true;
      controller?.abort();
    },
    signal: () => {
      controller ??= new AbortController();
      if (aborted) controller.abort();
      return controller.signal;
    },
  };
}
