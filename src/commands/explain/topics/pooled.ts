import { erlangC } from '../../../math/queues/index.js';
import { predict } from '../../../model/predict.js';
import { kindNamed } from '../../../plan/kinds.js';
import { facilityFor } from '../../../plan/search/candidate.js';
import type { DerivationStep, PlanResult } from '../../../plan/types.js';
import type { Profile } from '../../../profile/types.js';
import { counted } from '../../../text/sentences.js';
import type { Topic } from '../../../text/topic.js';

/** The example of the text: so many CPUs, busy for this share of the time. */
const CPUS = 8;
const BUSY = 0.8;

/** Mean wait in service times: M/M/c (A. K. Erlang 1917). */
const meanWait = (cpus: number): number => erlangC(cpus, cpus * BUSY) / (cpus * (1 - BUSY));

const times = (value: number): string => String(Number(value.toPrecision(2)));

export const POOLED_TOPIC: Topic = {
  id: 'one-process-per-container',
  also: ['pooled', 'pooling'],
  kind: 'model',
  title: 'One process per container, or several',
  what: `A container of one process has a queue of its own: requests wait there while the process of another container is idle. Several processes in one container share its CPUs and, with sync, its queue. At ${100 * BUSY} % load a request that computes waits ${times(meanWait(1))} service times on average for a process of its own, and ${times(meanWait(CPUS))} for the first of ${CPUS} that is free. A balancer that knows which containers are busy (least-connections) gives back most of the difference, turns (round-robin) over many containers about half of it, chance (random) nothing. What speaks for one process each: a crash or a leak takes one, and an autoscaler moves in small steps. What it costs besides: memory is not shared between containers, and a worker that restarts leaves its container without one.`,
  formula: 'mean wait = C(c, offered load) / (c × (1 − ρ)) service times, for c processes of one queue',
  holds: 'Where requests vary in length or come at random, and the containers are well used.',
  fails:
    'Far below saturation nobody waits either way; wcalc fleet compares both with your rate, balancer and prices.',
  source: 'A. K. Erlang (1917); R. Smith and W. Whitt (1981), resource sharing for efficiency',
  seeAlso: ['split-queues', 'mmc'],
};

/** What the processes of a plan would give in containers of their own, fed at random, with the same CPU in all. */
export function pooledAndSplit(profile: Profile, result: PlanResult): readonly DerivationStep[] {
  const chosen = result.recommendation ?? result.given;
  const { workload, cores } = profile;
  if (!chosen || chosen.workers < 2 || workload.ratePerSecond === null) return [];
  const { workers } = chosen;
  const one = { ...chosen, kind: kindNamed(chosen), workers: 1 };
  const split = predict(facilityFor({ ...profile, cores: cores / workers }, one), {
    ...workload,
    ratePerSecond: workload.ratePerSecond / workers,
  });
  const source = 'predictions of both, requests spread at random over the containers';
  const step = (where: string, p95Ms: number | null, formula: string): DerivationStep => ({
    quantity: `p95 in ${where}, ms`,
    formula,
    substituted: `${cores} cores, ${workload.ratePerSecond} req/s in all`,
    value: p95Ms === null ? 'overload' : Number(p95Ms.toPrecision(4)),
    source,
  });
  return [
    step(
      `one container of ${counted(workers, 'process')}`,
      chosen.prediction.p95Ms,
      'all CPUs and the whole rate',
    ),
    step(
      `${workers} containers of one process`,
      split.p95Ms,
      `each 1/${workers} of the CPUs and of the rate`,
    ),
  ];
}
