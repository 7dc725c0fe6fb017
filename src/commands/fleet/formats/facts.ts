import type { DayPlan } from '../../../fleet/day.js';
import { type Autoscaling, type Fleet, type FleetResult, fleetInUse } from '../../../fleet/plan-of-fleet.js';
import type { Prediction } from '../../../model/types.js';
import { mebibytes, percent, perSecond, significant } from '../../../text/numbers.js';
import { counted } from '../../../text/sentences.js';
import { shownTime } from './shown-time.js';

/** What there is to say of a fleet beside its size and its objective, each with its name. */
export function factsOf(fleet: Fleet, result: FleetResult): readonly (readonly [string, string])[] {
  const { prediction, lost, update, autoscaling, totalCores, pricePerMonth } = fleet;
  const time = shownTime(result);
  const shown = (one: Prediction): string =>
    one.stable === false ? 'overload' : `${time.name} ${time.text(one)}`;
  const facts: [string, string][] = [
    ['bound by', fleet.boundBy],
    ['each', `${perSecond(fleet.ratePerReplica)}, ${shown(prediction)}`],
  ];
  if (lost.replicas < fleet.replicas)
    facts.push([`${fleet.replicas - lost.replicas} lost`, shown(lost.prediction)]);
  const tooMany =
    fleet === fleetInUse(result) ? result.losses.find((loss) => !loss.meetsObjective) : undefined;
  if (tooMany && tooMany.gone > fleet.replicas - lost.replicas)
    facts.push([
      `${tooMany.gone} lost`,
      `${shown(tooMany.prediction)}: ${tooMany.prediction.stable === false ? 'requests pile up' : 'misses the objective'}`,
    ]);
  facts.push([
    'update',
    `${update.replicas} replicas at most, ${update.unavailable} missing: ${shown(update.prediction)}, ${mebibytes(update.memoryMiB)}, ${significant(update.dbConnections)} database connections`,
  ]);
  if (autoscaling)
    facts.push([
      'autoscaling',
      `${range(autoscaling)} at ${autoscaling.cpuTargetPercent}% CPU or ${autoscaling.inFlightTarget} requests in flight each`,
    ]);
  facts.push(['in all', `${counted(totalCores, 'core')}, ${mebibytes(fleet.totalMemoryMiB)}`]);
  if (pricePerMonth !== null)
    facts.push([
      'price',
      `${significant(pricePerMonth)} a month, ${significant(fleet.pricePerMillionRequests ?? 0)} per million requests`,
    ]);
  return facts;
}

/** Where nothing is to be scaled at the rates given, the target is that of who raises the maximum. */
const range = ({ minReplicas, maxReplicas }: Autoscaling): string =>
  minReplicas === maxReplicas
    ? `always ${counted(minReplicas, 'replica')}; a higher maximum would be used`
    : `${minReplicas} to ${maxReplicas} replicas`;

/** What an autoscaler saves over the rates of a day or week, in one sentence. */
export function daySentence(day: DayPlan): string {
  const saved = 1 - day.replicaHours / day.fixedReplicaHours;
  const prices =
    day.price === null || day.fixedPrice === null
      ? ''
      : ` (${significant(day.price)} instead of ${significant(day.fixedPrice)})`;
  const missed = day.missedHours > 0 ? `; ${significant(day.missedHours)} hours miss the objective` : '';
  return `Over ${significant(day.hours)} hours: ${significant(day.replicaHours)} replica-hours with autoscaling, ${significant(day.fixedReplicaHours)} without, ${percent(Math.abs(saved))} ${saved < 0 ? 'more' : 'saved'}${prices}${missed}.`;
}
