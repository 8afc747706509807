/** Side by side: A B A B, so that a machine that is slow for a while is slow for everybody. */

/** Measures each contestant once a round; the values of a contestant by its name, in the order of the rounds. */
export async function interleaved<Contestant extends { readonly name: string }, Value>(
  rounds: number,
  contestants: readonly Contestant[],
  measure: (contestant: Contestant, round: number) => Promise<Value>,
): Promise<ReadonlyMap<string, readonly Value[]>> {
  const values = new Map<string, Value[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) values.get(contestant.name)!.push(await measure(contestant, round));
  }
  return values;
}
