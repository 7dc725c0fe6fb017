import type { FleetQuestion, Shape } from '../../fleet/question.js';
import { UsageError } from '../../host/errors.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';
import type { Values } from '../../input/options.js';
import type { MachineShape } from '../../input/quantity/machine-shape.js';
import { hourlyPrice, type Price } from '../../input/quantity/price.js';
import { machineShape } from '../../input/types.js';
import { FREE_SHARE } from '../../plan/search/room.js';
import { ASSUMED_BALANCER } from '../../profile/balancer.js';
import { resolveProfile } from '../../profile/resolve.js';
import { assumedOfFleet, USUAL_SHAPES } from './assumed.js';
import { ratesFrom } from './read-rates.js';

const QUARTER = { kind: 'share', share: 0.25 } as const;
const EXAMPLE = 'wcalc fleet --per-worker 200 --rate 400/s --service-time 60ms';

/** What was typed, as a question about a fleet. */
export function fleetQuestion({ values, origins, learnt }: Invocation, host: Host): FleetQuestion {
  const known: Values = { ...learnt?.values, ...values };
  const rates = known.rates === undefined ? null : ratesFrom(known.rates, host.files.readText(known.rates));
  const peak = rates?.reduce((most, { ratePerSecond }) => Math.max(most, ratePerSecond), 0);
  const rate = known.rate ?? peak;
  if (rate === undefined)
    throw new UsageError(
      `--rate is missing: give the rate of the whole fleet at its peak, as in "${EXAMPLE}"`,
    );
  if (known.perWorker === undefined)
    throw new UsageError(`--per-worker is missing: give the memory that one worker adds, as in "${EXAMPLE}"`);
  const shapes = pricedShapes(known.shape ?? USUAL_SHAPES.map((text) => machineShape.parse(text)), known);
  const { replicas = null, zones = 1, survive = 1 } = known;
  if (replicas !== null) checkReplicas(replicas, zones, survive);
  if (survive === 'zone' && zones === 1)
    throw new UsageError(
      '--survive zone leaves nothing with --zones 1: give the number of zones, as in --zones 3',
    );
  const [first] = shapes;
  // The rate stays that of the whole fleet, whose number of replicas is what is looked for.
  const profile = resolveProfile(
    { ...values, replicas: 1, rate, cores: first!.cores, mem: first!.memoryMiB },
    origins,
    learnt,
  );
  return {
    profile,
    shapes,
    // Who gives the workers has said what is to fill the memory.
    freeShare: profile.fixed.workers === null ? FREE_SHARE : 0,
    balancer: known.balancer ?? ASSUMED_BALANCER.value,
    balancers: known.balancers ?? 1,
    survive,
    zones,
    update: { surge: known.surge ?? QUARTER, maxUnavailable: known.maxUnavailable ?? QUARTER },
    replicas,
    growthPerMinute: known.growth ?? 0,
    reactionMs: known.reaction ?? 60_000,
    rates,
    assumptions: assumedOfFleet(known),
  };
}

function checkReplicas(replicas: number, zones: number, survive: number | 'zone'): void {
  if (replicas % zones !== 0)
    throw new UsageError(
      `--replicas ${replicas} cannot be spread evenly over --zones ${zones}: give a multiple of ${zones}`,
    );
  if (survive !== 'zone' && survive >= replicas)
    throw new UsageError(
      `--survive ${survive} leaves nothing of --replicas ${replicas}: give at most ${replicas - 1}`,
    );
}

/** The shapes with their prices per hour, all in one unit and each of its own name. */
function pricedShapes(shapes: readonly MachineShape[], { priceCore, priceMem }: Values): readonly Shape[] {
  const names = new Set<string>();
  for (const { name } of shapes) {
    if (names.has(name))
      throw new UsageError(`--shape: ${name} is given twice; give each another name, NAME=CORES:MEM`);
    names.add(name);
  }
  const prices = [priceCore, priceMem, ...shapes.map(({ price }) => price)].filter((p): p is Price => !!p);
  if (new Set(prices.map(({ period }) => period)).size > 1)
    throw new UsageError(
      '--shape, --price-core and --price-mem: prices are given per hour and per month; give all in one unit',
    );
  const rated = priceCore !== undefined || priceMem !== undefined;
  const free = shapes.find(({ price }) => price === null);
  if (prices.length > 0 && free && !rated)
    throw new UsageError(
      `--shape: ${free.name} has no price beside others that have one; give it one, as in ${free.name}:0.05/h, or --price-core and --price-mem`,
    );
  return shapes.map(({ name, cores, memoryMiB, price }) => ({
    name,
    cores,
    memoryMiB,
    pricePerHour: price?.perHour ?? (rated ? hourlyPrice({ cores, memoryMiB }, priceCore, priceMem) : null),
  }));
}
