/** P(all busy), E[busy] and E[waiting] where one queue stands before all servers, `throughput[n]` being what n of them get through. */
export function sharedPopulation(
  throughput: ArrayLike<number>,
  arrivals: number,
): { mustWait: number; busy: number; waiting: number } {
  const servers = throughput.length - 1;
  let p = 1;
  let total = 1;
  let busy = 0;
  for (let n = 1; n <= servers; n++) {
    p *= arrivals / throughput[n]!;
    total += p;
    busy += n * p;
    if (p > 1e200) {
      p *= 1e-200;
      total *= 1e-200;
      busy *= 1e-200;
    }
  }
  const ratio = arrivals / throughput[servers]!;
  const tail = (p * ratio) / (1 - ratio);
  total += tail;
  return {
    mustWait: (p + tail) / total,
    busy: (busy + tail * servers) / total,
    waiting: tail / (1 - ratio) / total,
  };
}
