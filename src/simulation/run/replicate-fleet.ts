import { Random } from '../../math/random/random.js';
import { DrawnRequests, type RequestSource, STREAM } from '../engine/arrivals.js';
import { engineOf } from '../engine/disciplines/engine-of.js';
import type { Policy } from '../engine/policy.js';
import { goOn, type RunLength } from './run-length.js';
import { Tally } from './run-totals.js';
import type { Balancing, Experiment } from './setup.js';

/** Streams of random numbers of a fleet's own, beyond those of its replicas. */
const BALANCER_STREAM = STREAM.batches + 1;
const REPLICA_STREAM = STREAM.batches + 2;

/** Arrivals between two looks at whether all replicas have served enough. */
const LOOK = 256;

/** One run of several replicas with everything inside, behind a balancer. The tally is that of all requests together. */
export function replicateFleet(
  experiment: Experiment & { readonly balancing: Balancing },
  policy: Policy,
  replication: number,
  length: RunLength,
  keepResponses: boolean,
  interrupted: () => boolean = goOn,
): Tally {
  const { workload, ratePerSecond, arrivals, seed, balancing } = experiment;
  const { replicas } = balancing;
  const source = new DrawnRequests(workload, ratePerSecond * replicas, arrivals, seed, replication);
  const each = {
    warmup: Math.ceil(length.warmup / replicas),
    requests: Math.ceil(length.requests / replicas),
  };
  const fleet = Array.from({ length: replicas }, (_, n) => {
    const tally = new Tally(policy.processes, keepResponses);
    const next = new OneRequest(source);
    const random = new Random(seed, replication, REPLICA_STREAM + n);
    return { tally, next, engine: engineOf(policy, next, workload.ioCalls, random, tally) };
  });
  const choose = chooserOf(balancing, new Random(seed, replication, BALANCER_STREAM), (n, atMs) =>
    fleet[n]!.engine.inSystemAt(atMs),
  );
  const isDone = (): boolean => fleet.every(({ tally }) => tally.arrived >= each.requests);
  const most = 4 * (length.warmup + length.requests) + 1000 * replicas;
  for (let n = 1; n <= most && source.advance(); n++) {
    const { engine, next } = fleet[choose(source.atMs)]!;
    next.give();
    engine.run(each);
    if (n % LOOK === 0 && (isDone() || interrupted())) break;
  }
  for (const { next, engine } of fleet) {
    next.ended = true;
    engine.run(each, interrupted);
  }
  return together(fleet.map(({ tally }) => tally));
}

/** Hands a replica the request that the balancer has given to it, and no other. */
class OneRequest implements RequestSource {
  ended = false;
  private readonly source: RequestSource;
  private given = false;

  constructor(source: RequestSource) {
    this.source = source;
  }

  give(): void {
    this.given = true;
  }

  advance(): boolean {
    const { given } = this;
    this.given = false;
    return given;
  }

  get atMs(): number {
    return this.source.atMs;
  }
  get cpuMs(): number {
    return this.source.cpuMs;
  }
  get ioMs(): number {
    return this.source.ioMs;
  }
  get isPooled(): boolean {
    return this.source.isPooled;
  }
}

/** Which replica gets the request that comes at a time; `inSystem` asks how many requests one has then. */
function chooserOf(
  { balancer, balancers, replicas }: Balancing,
  random: Random,
  inSystem: (replica: number, atMs: number) => number,
): (atMs: number) => number {
  switch (balancer) {
    case 'random':
      return () => random.below(replicas);
    case 'round-robin': {
      const turns = Int32Array.from({ length: balancers }, () => random.below(replicas));
      return () => {
        const balancer = balancers === 1 ? 0 : random.below(balancers);
        const chosen = turns[balancer]!;
        turns[balancer] = chosen + 1 === replicas ? 0 : chosen + 1;
        return chosen;
      };
    }
    case 'power-of-two':
      return (atMs) => {
        const one = random.below(replicas);
        if (replicas === 1) return one;
        const shifted = random.below(replicas - 1);
        const other = shifted < one ? shifted : shifted + 1;
        return inSystem(other, atMs) < inSystem(one, atMs) ? other : one;
      };
    case 'least-connections':
      return (atMs) => {
        const start = random.below(replicas);
        let best = start;
        let fewest = Number.POSITIVE_INFINITY;
        for (let n = 0; n < replicas && fewest > 0; n++) {
          const replica = start + n < replicas ? start + n : start + n - replicas;
          const present = inSystem(replica, atMs);
          if (present < fewest) {
            fewest = present;
            best = replica;
          }
        }
        return best;
      };
  }
}

/** The tallies of the replicas as one, whose loads are those of a replica on average. */
function together(tallies: readonly Tally[]): Tally {
  const all = new Tally(tallies[0]!.servedBy.length, tallies[0]!.responses !== null);
  for (const tally of tallies) {
    all.histogram.merge(tally.histogram);
    all.served += tally.served;
    all.waited += tally.waited;
    all.rejected += tally.rejected;
    all.killed += tally.killed;
    all.sumMs += tally.sumMs;
    all.spanMs += tally.spanMs;
    all.cpuBusyMs += tally.cpuBusyMs;
    all.slotBusyMs += tally.slotBusyMs;
    all.connectionWaits += tally.connectionWaits;
    all.connectionMs += tally.connectionMs;
    tally.servedBy.forEach((count, process) => {
      all.servedBy[process]! += count;
    });
    if (tally.responses) all.responses?.push(...tally.responses);
  }
  return all;
}
