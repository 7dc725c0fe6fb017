import { desiredReplicas } from './autoscaling.js';
import type { RatePoint } from './rates.js';

/** What an autoscaled fleet does over a day or week, beside a fixed one. */
export interface DayPlan {
  readonly hours: number;
  /** Replicas that serve from each point on. */
  readonly replicas: readonly {
    readonly atHours: number;
    readonly ratePerSecond: number;
    readonly replicas: number;
  }[];
  readonly replicaHours: number;
  readonly fixedReplicaHours: number;
  /** null where nothing has a price. */
  readonly price: number | null;
  readonly fixedPrice: number | null;
  /** Hours in which more comes than the replicas that serve can answer within the objective. */
  readonly missedHours: number;
}

export interface DayQuestion {
  readonly rates: readonly RatePoint[];
  /** Rates per second of one replica: where the autoscaler holds it, and where the objective ends. */
  readonly targetRate: number;
  readonly limitRate: number;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly fixedReplicas: number;
  readonly reactionMs: number;
  readonly pricePerHour: number | null;
}

/** The autoscaler looks at the fleet this often between two points. */
const STEPS = 8;

/**
 * Follows rates through the autoscaler, which wants what {@link desiredReplicas} says, within its bounds, and has at any time
 * what it wanted `reactionMs` before where that was less. The last point lasts as long as the one before it.
 */
export function followDay(question: DayQuestion): DayPlan {
  const { rates, targetRate, limitRate, minReplicas, maxReplicas, fixedReplicas, pricePerHour } = question;
  const delay = question.reactionMs / 3_600_000;
  const within = (wanted: number): number => Math.min(maxReplicas, Math.max(minReplicas, wanted));
  const durations = rates.map(
    (point, n) => (n + 1 < rates.length ? rates[n + 1]! : point).atHours - point.atHours,
  );
  durations[durations.length - 1] = durations.at(-2) ?? 1;
  let current = within(Math.ceil(rates[0]!.ratePerSecond / targetRate));
  const wantedAt = (rate: number): number => within(desiredReplicas(current, rate / current, targetRate));
  let missedHours = 0;
  let replicaHours = 0;
  const replicas = rates.map((point, n) => {
    const first = wantedAt(point.ratePerSecond);
    for (let step = 0; step < STEPS; step++) {
      const at = point.atHours + (durations[n]! * step) / STEPS;
      const rate = interpolated(rates, at);
      const ordered = wantedAt(interpolated(rates, at - delay));
      current = wantedAt(rate);
      if (rate > Math.min(current, ordered) * limitRate) missedHours += durations[n]! / STEPS;
      replicaHours += (current * durations[n]!) / STEPS;
    }
    return { ...point, replicas: first };
  });
  const hours = durations.reduce((sum, duration) => sum + duration, 0);
  const fixedReplicaHours = fixedReplicas * hours;
  return {
    hours,
    replicas,
    replicaHours,
    fixedReplicaHours,
    price: pricePerHour === null ? null : replicaHours * pricePerHour,
    fixedPrice: pricePerHour === null ? null : fixedReplicaHours * pricePerHour,
    missedHours,
  };
}

function interpolated(rates: readonly RatePoint[], hours: number): number {
  if (hours <= rates[0]!.atHours) return rates[0]!.ratePerSecond;
  let low = 0;
  let high = rates.length - 1;
  if (hours >= rates[high]!.atHours) return rates[high]!.ratePerSecond;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (rates[middle]!.atHours <= hours) low = middle;
    else high = middle;
  }
  const [a, b] = [rates[low]!, rates[high]!];
  const share = (hours - a.atHours) / (b.atHours - a.atHours);
  return a.ratePerSecond + share * (b.ratePerSecond - a.ratePerSecond);
}
