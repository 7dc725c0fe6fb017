import type { SeenGrowth, SeenMemory } from '../result.js';
import type { Counted, Resident } from '../watched.js';
import { type Life, livesOf, median } from './lives.js';

const HOUR_MS = 3_600_000;
/** Shorter lives, or such with fewer samples, do not tell growth from warming up. */
const SHORTEST_LIFE_MS = HOUR_MS;
const FEWEST_SAMPLES = 20;
/** A rise counts where it is so many times the middle distance of the samples from their line. */
const CLEAR = 3;

/** Memory of processes and how it grows; null where none was seen. */
export function seenMemory(
  memory: readonly Resident[],
  requests: readonly Counted[] | null,
): SeenMemory | null {
  const seen = memory.filter(({ memoryMiB }) => memoryMiB.length > 0);
  if (seen.length === 0) return null;
  const peaks = seen.map(({ process, memoryMiB }) => ({ process, most: largest(memoryMiB) }));
  const top = peaks.reduce((a, b) => (b.most > a.most ? b : a));
  return {
    processes: seen.length,
    typicalMiB: seen.reduce((sum, { memoryMiB }) => sum + median(memoryMiB), 0) / seen.length,
    largestMiB: top.most,
    largestProcess: top.process,
    growth: growthOf(seen.flatMap(livesOf).filter(isLong), requests),
  };
}

const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), 0);

const isLong = ({ times }: Life): boolean =>
  times.length >= FEWEST_SAMPLES && times.at(-1)! - times[0]! >= SHORTEST_LIFE_MS;

/** Growth over all lives, each weighted by its length; of an unsteady sum the requests of the same time and process. */
function growthOf(lives: readonly Life[], requests: readonly Counted[] | null): SeenGrowth | null {
  if (lives.length === 0) return null;
  const rises = lives.map((life) => ({ ...riseOf(life), life }));
  const hours = rises.reduce((sum, rise) => sum + rise.hours, 0);
  const riseMiB = rises.reduce((sum, rise) => sum + rise.perHourMiB * rise.hours, 0);
  const counted = requests && rises.map((rise) => requestsIn(requests, rise));
  const served = counted?.every((count) => count > 0) ? counted.reduce((sum, count) => sum + count, 0) : 0;
  return {
    perHourMiB: riseMiB / hours,
    perThousandRequestsMiB: served > 0 ? (1000 * riseMiB) / served : null,
    lives: lives.length,
    lowPerHourMiB: Math.min(...rises.map(({ perHourMiB }) => perHourMiB)),
    highPerHourMiB: Math.max(...rises.map(({ perHourMiB }) => perHourMiB)),
    warmMiB: Math.max(...lives.map(warmOf)),
  };
}

interface Rise {
  readonly perHourMiB: number;
  readonly hours: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * How the memory rises in the later half of a life, when it has warmed up: the middle of the slopes between pairs of samples
 * (Theil 1950, Sen 1968), which single peaks do not move. 0 where it falls, or does not rise clearly above its own noise.
 */
function riseOf({ times, memoryMiB }: Life): Rise {
  const half = times[0]! + (times.at(-1)! - times[0]!) / 2;
  const begin = times.findIndex((time) => time >= half);
  const points = thinned(times.slice(begin), memoryMiB.slice(begin));
  const [fromMs, toMs] = [points[0]!.ms, points.at(-1)!.ms];
  const hours = (toMs - fromMs) / HOUR_MS;
  const slope = median(
    points.flatMap((a, n) => points.slice(n + 1).map((b) => (b.MiB - a.MiB) / (b.ms - a.ms))),
  );
  const level = median(points.map(({ ms, MiB }) => MiB - slope * (ms - fromMs)));
  const noise = median(points.map(({ ms, MiB }) => Math.abs(MiB - level - slope * (ms - fromMs))));
  const isClear = slope * (toMs - fromMs) > CLEAR * noise;
  return { perHourMiB: isClear ? Math.max(0, slope * HOUR_MS) : 0, hours, fromMs, toMs };
}

interface Point {
  readonly ms: number;
  readonly MiB: number;
}

/** Pairs of more points would be many and tell no more. */
const MOST_POINTS = 200;

function thinned(times: readonly number[], memoryMiB: readonly number[]): Point[] {
  const every = Math.ceil(times.length / MOST_POINTS);
  return times.flatMap((ms, n) => (n % every === 0 ? [{ ms, MiB: memoryMiB[n]! }] : []));
}

/** What the process had once it served: the middle of the second tenth of its life. */
function warmOf({ times, memoryMiB }: Life): number {
  const [first, span] = [times[0]!, times.at(-1)! - times[0]!];
  return median(memoryMiB.filter((_, n) => times[n]! >= first + span / 10 && times[n]! <= first + span / 5));
}

/** Requests of the process within a time; 0 where they are not known. */
function requestsIn(requests: readonly Counted[], { fromMs, toMs, life }: Rise & { life: Life }): number {
  const own = requests.filter(({ process }) => process === life.process);
  return own.reduce(
    (sum, { increases }) =>
      increases.reduce(
        (all, one) => all + (one.fromMs >= fromMs - 1 && one.toMs <= toMs + 1 ? one.amount : 0),
        sum,
      ),
    0,
  );
}
