import { lawMean } from '../math/laws/moments.js';
import { judge } from '../plan/search/judge.js';
import { goneOf, type Look, lookAt, predictionAt } from './evaluate.js';
import type { FleetBound } from './plan-of-fleet.js';
import type { FleetQuestion, Shape } from './question.js';

/** Replicas beyond which a shape is not looked at. */
const MOST_REPLICAS = 100_000;
/** A rate at which nobody waits, as a share of the capacity. */
const IDLE = 1e-4;

/** The fewest replicas of a shape that do, and what one step fewer misses. */
export type Found =
  | { readonly look: Look; readonly boundBy: FleetBound }
  | { readonly look: null; readonly reason: string };

/**
 * The fewest replicas of a shape that carry the rate within the objective in every state. More replicas never do worse: each
 * gets less, so that doubling and halving find the fewest.
 */
export function fewestReplicas(question: FleetQuestion, shape: Shape): Found {
  const { zones } = question;
  const looks = new Map<number, Look>();
  const at = (steps: number): Look => {
    let look = looks.get(steps);
    if (!look) {
      look = lookAt(question, shape, steps * zones);
      looks.set(steps, look);
    }
    return look;
  };
  const first = Math.max(1, Math.ceil(leastReplicas(question, shape) / zones));
  let enough = first;
  for (;;) {
    const { missedBy, inside } = at(enough);
    if (missedBy === null) break;
    if (inside === null && missedBy === 'memory')
      return { look: null, reason: 'not even one worker fits into its memory' };
    if (missedBy === 'connections' && enough === first)
      return { look: null, reason: 'its replicas hold more database connections than allowed' };
    if (enough === first && isTooSlow(question, at(enough)))
      return { look: null, reason: 'one request alone misses the objective on it' };
    if (enough * zones > MOST_REPLICAS)
      return { look: null, reason: `not even ${MOST_REPLICAS} replicas carry the rate within the objective` };
    enough = Math.max(enough + 1, Math.ceil(enough * 1.3));
  }
  let short = first - 1;
  while (enough - short > 1) {
    const middle = (enough + short) >> 1;
    if (at(middle).missedBy === null) enough = middle;
    else short = middle;
  }
  const look = at(enough);
  return {
    look,
    boundBy: short < first || short < 1 ? boundAtLeast(question, shape, enough * zones) : at(short).missedBy!,
  };
}

/** Fewer replicas than this cannot compute all that comes, or leave none where those to be survived are gone. */
function leastReplicas(question: FleetQuestion, shape: Shape): number {
  const { workload } = question.profile;
  const cpuMs = lawMean(workload.cpu) + workload.overheadMs;
  const busy = (workload.ratePerSecond! * cpuMs) / 1000 / shape.cores;
  const toSurvive = question.survive === 'zone' ? 1 : question.survive;
  return Math.max(Math.ceil(busy / 0.8), toSurvive + 1);
}

/** What the least number that can be asked for rests on. */
function boundAtLeast(question: FleetQuestion, shape: Shape, replicas: number): FleetBound {
  const { workload } = question.profile;
  const cpuMs = lawMean(workload.cpu) + workload.overheadMs;
  const busy = (workload.ratePerSecond! * cpuMs) / 1000 / shape.cores / 0.8;
  return replicas > goneOf(question, replicas) + Math.ceil(busy) - 1 && busy > goneOf(question, replicas)
    ? 'cpu'
    : 'survive';
}

/** Whether a replica that is hardly used misses the objective all the same. */
function isTooSlow(question: FleetQuestion, look: Look): boolean {
  if (!look.states) return false;
  const rate = IDLE * look.states.normal.prediction.capacityPerSecond;
  const objective = { ...question.profile.objective, maxUtilization: null };
  return !judge(predictionAt(question, look, rate), objective, rate).met;
}
