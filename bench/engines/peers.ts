/** Who is measured, and on what. */

export interface Contestant {
  readonly name: string;
  /** Its module, relative to the benchmark's folder. */
  readonly module: string;
  /** Records the result of each step before the next begins; the others run a job as a whole. */
  readonly checkpoints: boolean;
}

export const DURABLE: Contestant = { name: "durablec", module: "engines/durable.ts", checkpoints: true };

export const PEERS: readonly Contestant[] = [];
