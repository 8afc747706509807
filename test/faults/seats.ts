/** Workers of a storm: each behind a link of its own, some with a wrong clock or an armed test point; who dies is replaced. */
import { TESTPOINTS } from "../../runtime/testpoint.ts";
import { below, type Chance, pick } from "./chance.ts";
import { type FaultyLink, startLink } from "./link.ts";
import type { WorkerProcess, Workshop } from "./processes.ts";

export interface Seat {
  readonly link: FaultyLink;
  worker: WorkerProcess;
  stopped: boolean;
}

export interface Seats {
  readonly all: readonly Seat[];
  /** Kills one; it does not count as killed by a test point. */
  kill(seat: Seat): void;
  /** From here on nobody is replaced or armed; those that may still be are replaced once more. */
  disarm(): Promise<void>;
  /** Stops the workers in order. */
  close(): Promise<void>;
}

export interface SeatsOptions {
  readonly url: string;
  readonly workshop: Workshop;
  readonly chance: Chance;
  readonly workers: number;
  readonly leaseMs: number;
  readonly count: (what: string) => void;
}

const MOST_SKEW_MS = 10 * 60_000;
/** Those that nearly every worker passes. */
const POINTS = Object.keys(TESTPOINTS).filter((name) => name !== "before-release");

export async function openSeats({ url, workshop, chance, workers, leaseMs, count }: SeatsOptions): Promise<Seats> {
  const killed = new Set<WorkerProcess>();
  const all: Seat[] = [];
  let arming = true;

  const hire = (link: FaultyLink): WorkerProcess => {
    const skewMs = chance() < 0.5 ? 0 : Math.round((chance() * 2 - 1) * MOST_SKEW_MS);
    if (skewMs !== 0) count("workers with a wrong clock");
    const armed = arming && chance() < 0.4 ? `${pick(chance, POINTS)}:${1 + below(chance, 40)}` : "";
    return workshop.spawn(link.url, { leaseMs, skewMs, armed, quiet: true });
  };
  const watch = (seat: Seat): void => {
    const { worker } = seat;
    void worker.ended.then((signal) => {
      if (!arming) return;
      if (signal === "SIGKILL" && !killed.has(worker)) count("workers killed at a test point");
      seat.worker = hire(seat.link);
      seat.stopped = false;
      watch(seat);
    });
  };

  for (let n = 0; n < workers; n++) {
    const link = await startLink(url);
    const seat = { link, worker: hire(link), stopped: false };
    all.push(seat);
    watch(seat);
  }
  return {
    all,
    kill: ({ worker }) => {
      killed.add(worker);
      worker.signal("SIGKILL");
    },
    disarm: async () => {
      arming = false;
      for (const seat of all) {
        const { worker } = seat;
        seat.worker = hire(seat.link);
        await worker.end("SIGKILL");
      }
    },
    close: async () => {
      await Promise.all(all.map(({ worker }) => worker.end("SIGTERM")));
      for (const { link } of all) link.close();
    },
  };
}
