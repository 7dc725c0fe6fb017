import { fewestLocks, fewestWorkers, mostUsefulWorkers } from './bounds.js';
import { fewestThatHold, type Least, missOf, type Search } from './search.js';
import { shape } from './shape.js';
import { leastThreads } from './threads.js';

/** The configuration of the class that meets the objective with the least memory. */
export function least(search: Search): Least {
  return search.kind.concurrency === 'threads' ? leastThreads(search) : leastWorkers(search);
}

function leastWorkers(search: Search): Least {
  const { planning, kind } = search;
  const one = kind.concurrency === 'one';
  const low = one ? fewestWorkers(planning, planning.demand.serviceMs) : fewestLocks(planning);
  const at = (workers: number | null) => (workers === null ? null : shape(planning, kind, workers));
  const found = fewestThatHold(search, [low, mostUsefulWorkers(planning, low)], (workers) =>
    missOf(search, at(workers)!),
  );
  return { best: at(found.value), below: at(found.below) };
}
