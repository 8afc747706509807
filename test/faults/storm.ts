/** Faults one after the other: workers killed and stopped, the server killed, connections cut, notifications lost. */
import { setTimeout as after } from "node:timers/promises";
import pg from "pg";
import type { Cluster } from "../support/cluster.ts";
import { below, type Chance, pick, shuffled } from "./chance.ts";
import { uptime } from "./effects.ts";
import type { FaultyLink } from "./link.ts";
import type { Workshop } from "./processes.ts";
import { openSeats, type Seats } from "./seats.ts";

export interface StormOptions {
  readonly cluster: Cluster;
  readonly workshop: Workshop;
  readonly chance: Chance;
  readonly workers: number;
  readonly leaseMs: number;
}

export interface Storm {
  /** Rages until it is told, and until each kind of fault has come at least once; rejects when one could not be made. */
  rage(until: () => boolean): Promise<void>;
  /** How often each kind of fault came. */
  counts(): { readonly [fault: string]: number };
  /** When the whole server, or one process, was away: leases may have been lost. */
  readonly absences: readonly Absence[];
  /** Stops the workers in order. */
  end(): Promise<void>;
}

export interface Absence {
  /** Null for the server. */
  readonly pid: number | null;
  readonly from: number;
  readonly to: number;
}

type Fault = () => Promise<void> | void;

/** Effects between two faults, on average. */
const EFFECTS_BETWEEN = 20;
/** The longest time between two. */
const CALM_MS = 15_000;
const SPELL_MS = 1_000;

export async function startStorm(options: StormOptions): Promise<Storm> {
  const { cluster, workshop, chance } = options;
  const counts: { [what: string]: number } = {};
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const absences: Absence[] = [];
  const seats = await openSeats({ ...options, url: cluster.url("postgres"), count });
  const faults = {
    ...faultsOfWorkers(seats, options, absences),
    ...faultsOfServer(options, absences),
    ...faultsOfLinks(seats, chance),
  };

  /** The faster the work, the more often it is disturbed, whatever else the machine has to do. */
  const calm = async (): Promise<void> => {
    const [until, enough] = [uptime() + CALM_MS, workshop.size() + below(chance, 2 * EFFECTS_BETWEEN)];
    while (uptime() < until && workshop.size() < enough) await after(20);
  };
  const inject = async (fault: string): Promise<void> => {
    await calm();
    await faults[fault]!();
    count(fault);
  };
  return {
    rage: async (until) => {
      const kinds = Object.keys(faults);
      for (const fault of shuffled(chance, kinds)) await inject(fault);
      while (!until()) await inject(pick(chance, kinds));
      await seats.disarm();
    },
    absences,
    counts: () => {
      const total = (what: keyof FaultyLink["counts"]) =>
        seats.all.reduce((sum, { link }) => sum + link.counts[what], 0);
      return { ...counts, "notifications lost": total("lost"), "notifications repeated": total("repeated") };
    },
    end: seats.close,
  };
}

function faultsOfWorkers(
  seats: Seats,
  { chance, leaseMs }: StormOptions,
  absences: Absence[],
): { readonly [fault: string]: Fault } {
  return {
    "workers killed": () => seats.kill(pick(chance, seats.all)),
    /** One at a time; the others go on. */
    "workers stopped past their lease": async () => {
      while (seats.all.some(({ stopped }) => stopped)) await after(50);
      const seat = pick(chance, seats.all);
      const { worker } = seat;
      const from = uptime();
      seat.stopped = true;
      worker.signal("SIGSTOP");
      void after(leaseMs * (1.2 + chance())).then(() => {
        worker.signal("SIGCONT");
        absences.push({ pid: worker.pid, from, to: uptime() });
        if (seat.worker === worker) seat.stopped = false;
      });
    },
  };
}

function faultsOfServer(
  { cluster, chance, leaseMs }: StormOptions,
  absences: Absence[],
): { readonly [fault: string]: Fault } {
  return {
    "servers killed": async () => {
      const from = uptime();
      await cluster.end("kill");
      await after(chance() * 300);
      await cluster.start();
      const to = uptime();
      // A lease that was renewed a third of its time ago outlives less.
      if (to - from > leaseMs / 3) absences.push({ pid: null, from, to });
    },
    "connections ended by the server": async () => {
      const client = new pg.Client({ connectionString: cluster.url("postgres") });
      client.on("error", () => {});
      await client.connect();
      await client.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'durable' AND random() < $1",
        [0.3 + 0.7 * chance()],
      );
      await client.end();
    },
  };
}

function faultsOfLinks(seats: Seats, chance: Chance): { readonly [fault: string]: Fault } {
  const spell = (times: number): void => {
    const { link } = pick(chance, seats.all);
    link.notify(times);
    setTimeout(() => link.notify(1), SPELL_MS).unref();
  };
  return {
    "connections cut before the statement": () => pick(chance, seats.all).link.cut("before"),
    "connections cut after the commit": () => pick(chance, seats.all).link.cut("after"),
    "spells of lost notifications": () => spell(0),
    "spells of repeated notifications": () => spell(2),
  };
}
