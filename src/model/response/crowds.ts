/** So many requests at the CPUs of several processes. */
export interface Crowd {
  /** Mean number of cores that are wanted. */
  readonly busy: number;
  readonly spread: readonly Spread[];
}

/** How the requests may be spread over the processes. */
interface Spread {
  /** Processes that want a core, and the probability that it is so many. */
  readonly wanting: number;
  readonly probability: number;
  readonly running: number;
  /** P(one of them has no other request). */
  readonly alone: number;
  /** P(nobody is in line at one of the cores), all being busy; else 0. */
  readonly ownLine: number;
  /** P(somebody is in line at one of the cores that run), while one that is wanted is idle. */
  readonly lossLine: number;
}

/** Requests that are followed beyond those of which about all cores are wanted: with so many, hardly a process runs dry. */
const MOST_WAITING = 40;

const kept = new Map<string, readonly Crowd[]>();
const MOST_KEPT = 64;

/**
 * By the number of requests, from 0: each in any of the processes alike, or in one of its own where they have one at a time.
 * Requests that never wait are followed beyond the slots: who is done then takes the next, and runs dry no more.
 */
export function crowdsOf(
  processes: number,
  cores: number,
  slots: number,
  neverWaits: boolean,
): readonly Crowd[] {
  const enough = Math.ceil(processes * Math.log(processes / (processes - cores + 1))) + MOST_WAITING;
  const most = neverWaits ? Math.max(processes, enough) : Math.min(processes * slots, enough);
  const key = `${processes} ${cores} ${slots === 1} ${most}`;
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const crowds: Crowd[] = [{ busy: 0, spread: [] }];
  const joined = slots === 1 ? 0 : 1 / processes;
  let last: readonly number[] = [1];
  for (let requests = 1; requests <= most; requests++) {
    if (slots > 1 || requests <= processes)
      last = Array.from({ length: Math.min(requests, processes) + 1 }, (_, r) =>
        r === 0 ? 0 : (last[r] ?? 0) * r * joined + last[r - 1]! * (1 - (r - 1) * joined),
      );
    const alone = (wanting: number): number =>
      slots === 1 ? Number(requests <= processes) : requests > 1 ? (wanting - 1) / (requests - 1) : 1;
    crowds.push(crowdOf(last, cores, alone));
  }
  kept.set(key, crowds);
  return crowds;
}

function crowdOf(probabilities: readonly number[], cores: number, alone: (wanting: number) => number): Crowd {
  const spread = probabilities.slice(1).map((probability, n): Spread => {
    const wanting = n + 1;
    const running = Math.min(wanting, cores);
    return {
      wanting,
      probability,
      running,
      alone: alone(wanting),
      ownLine: wanting >= cores ? (1 - 1 / cores) ** (wanting - cores) : 0,
      lossLine: wanting > 1 ? 1 - (1 - 1 / (running - 1)) ** (wanting - running + 1) : 0,
    };
  });
  return { busy: spread.reduce((sum, { probability, running }) => sum + probability * running, 0), spread };
}
