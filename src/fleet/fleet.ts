import { VERSION } from '../host/version.js';
import type { PartOfFleet } from '../input/quantity/part-of-fleet.js';
import { HOURS_PER_MONTH } from '../input/quantity/price.js';
import { settingsOf } from '../plan/configuration.js';
import type { ConfigurationPrediction } from '../plan/types.js';
import type { PlanInputs } from '../profile/types.js';
import { type DayPlan, followDay } from './day.js';
import { deriveFleet } from './derivation.js';
import { type Look, lookAt, type State, startFleet } from './evaluate.js';
import { lossesOf, toldState } from './losses.js';
import type { Fleet, FleetBound, FleetResult } from './plan-of-fleet.js';
import type { FleetPlanning, FleetQuestion, Shape } from './question.js';
import { scalingOf } from './scaling.js';
import { type Found, fewestReplicas } from './search.js';
import { warningsOf } from './warnings.js';
import { whyFleet, whyShape } from './why.js';

const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600;

/**
 * The plan of a fleet: for every shape the fewest replicas that do, the cheapest of them recommended (without prices the one
 * with the least cores, then the least memory), and what the user has beside it.
 */
export function planFleet(asked: FleetQuestion): FleetResult {
  const { question, found } = searchWithRoom(startFleet(asked));
  const answered = found.flatMap((one) => (one.look ? [answeredBy(question, one.look, one.boundBy)] : []));
  const unusableShapes = found.flatMap((one) => (one.look ? [] : [{ shape: one.shape, reason: one.reason }]));
  const [best = null, second = null] = [...answered].sort((a, b) => byCost(a.fleet, b.fleet));
  const recommendation = best && { ...best.fleet, why: whyShape(best.fleet, second?.fleet ?? null) };
  const given = givenFleet(question, recommendation?.shape ?? question.shapes[0]!);
  const settledFleet = given?.fleet ?? recommendation;
  const settledLook = (given ?? best)?.look;
  return {
    schemaVersion: 1,
    tool: { name: 'wcalc', version: VERSION },
    inputs: fleetInputs(question),
    assumptions: [...question.assumptions, ...question.profile.assumptions],
    recommendation,
    given: given?.fleet ?? null,
    shapes: answered.map((one) => (one === best ? recommendation! : one.fleet)),
    unusableShapes,
    warnings: warningsOf(question, settledFleet, unusableShapes),
    derivation: settledFleet ? deriveFleet(question, settledFleet) : [],
    losses: settledLook ? lossesOf(question, settledLook) : [],
    day: dayOf(question, settledFleet),
  };
}

interface Searched {
  readonly question: FleetPlanning;
  readonly found: readonly (Found & { readonly shape: Shape })[];
}

/** Every shape's fewest replicas with what is to stay free of their memory; where no shape has it, without. */
function searchWithRoom(question: FleetPlanning): Searched {
  const found = searchShapes(question);
  if (question.freeShare === 0 || found.some(({ look }) => look)) return { question, found };
  const filling = { ...question, freeShare: 0 };
  const filled = searchShapes(filling);
  return filled.some(({ look }) => look) ? { question: filling, found: filled } : { question, found };
}

/** Every shape's fewest replicas; what one shape takes tells about how many of the next to begin with. */
function searchShapes(question: FleetPlanning): readonly (Found & { readonly shape: Shape })[] {
  let coresBefore: number | null = null;
  return question.shapes.map((shape) => {
    const found = fewestReplicas(question, shape, coresBefore && coresBefore / shape.cores);
    if (found.look) coresBefore = found.look.replicas * shape.cores;
    return { shape, ...found };
  });
}

/** The replicas that the user has. */
function givenFleet(question: FleetPlanning, shape: Shape): Answered | null {
  if (question.replicas === null) return null;
  const look = lookAt(question, shape, question.replicas);
  return look.inside && answeredBy(question, look, look.missedBy ?? 'slo');
}

interface Answered {
  readonly look: Look;
  readonly fleet: Fleet;
}

const answeredBy = (question: FleetPlanning, look: Look, boundBy: FleetBound): Answered => ({
  look,
  fleet: fleetOf(question, look, boundBy),
});

/** A look at replicas as it is answered. */
function fleetOf(question: FleetPlanning, look: Look, boundBy: FleetBound): Fleet {
  const { shape, replicas, update, dbConnectionsPerReplica } = look;
  const { kind, workers, threads } = look.inside!;
  const { normal, lost, update: updating } = look.states!;
  const rate = question.profile.workload.ratePerSecond!;
  const told = (state: State): ConfigurationPrediction => toldState(question, look, state);
  const { pricePerHour } = shape;
  const pricePerMonth = pricePerHour === null ? null : pricePerHour * HOURS_PER_MONTH * replicas;
  const most = replicas + update.surge;
  const fleet = {
    shape,
    replicas,
    server: kind.server,
    workerClass: kind.workerClass,
    workers,
    threads,
    ratePerReplica: rate / replicas,
    prediction: told(normal),
    lost: { replicas: lost.serving, prediction: told(lost) },
    update: {
      replicas: most,
      unavailable: update.unavailable,
      memoryMiB: most * shape.memoryMiB,
      dbConnections: dbConnectionsPerReplica * most,
      prediction: told(updating),
    },
    autoscaling: scalingOf(question, look),
    totalCores: replicas * shape.cores,
    totalMemoryMiB: replicas * shape.memoryMiB,
    dbConnections: dbConnectionsPerReplica * replicas,
    pricePerMonth,
    pricePerMillionRequests:
      pricePerMonth === null ? null : (pricePerMonth / (rate * SECONDS_PER_MONTH)) * 1e6,
    boundBy,
    meetsObjective: look.missedBy === null,
    settings: Object.fromEntries(
      settingsOf(question.profile, look.inside!, null, '').map(({ name, value }) => [name, value]),
    ),
  };
  return { ...fleet, why: whyFleet(question, fleet) };
}

/** The cheaper first; where nothing has a price the one with less cores, then less memory, then fewer replicas. */
function byCost(a: Fleet, b: Fleet): number {
  const keys = (fleet: Fleet): readonly number[] => [
    fleet.pricePerMonth ?? 0,
    fleet.totalCores,
    fleet.totalMemoryMiB,
    fleet.replicas,
  ];
  const [left, right] = [keys(a), keys(b)];
  for (const [n, x] of left.entries()) {
    const y = right[n]!;
    if (Math.abs(x - y) > 1e-9 * Math.max(x, y)) return x - y;
  }
  return 0;
}

function dayOf({ rates, reactionMs }: FleetPlanning, fleet: Fleet | null): DayPlan | null {
  if (rates === null || !fleet?.autoscaling) return null;
  const { minReplicas, maxReplicas, targetRate, limitRate } = fleet.autoscaling;
  return followDay({
    rates,
    targetRate,
    limitRate,
    minReplicas,
    maxReplicas,
    fixedReplicas: fleet.replicas,
    reactionMs,
    pricePerHour: fleet.shape.pricePerHour,
  });
}

/** The inputs of a fleet as they are printed: those of its request, and how its replicas are run. */
function fleetInputs({ profile, update, ...question }: FleetQuestion): PlanInputs {
  // Shapes have their own cores and memory, and each fleet says itself what one of its replicas gets.
  const { cores: _, memoryMiB: __, ratePerReplica: ___, ...request } = profile.inputs;
  const { balancer, balancers, survive, zones, replicas, growthPerMinute, reactionMs } = question;
  return {
    ...request,
    replicas,
    balancer,
    balancers,
    survive,
    zones,
    surge: partText(update.surge),
    maxUnavailable: partText(update.maxUnavailable),
    growthPerMinute,
    reactionMs,
  };
}

/** As Kubernetes writes it: a number, or a percentage. */
const partText = (part: PartOfFleet): number | string =>
  part.kind === 'count' ? part.replicas : `${Number((100 * part.share).toPrecision(12))}%`;
