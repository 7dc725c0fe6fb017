import { SourceError } from '../../../host/errors.js';
import { cellSeconds, cells, gridOf } from '../counting/time-grid.js';
import { parseProfile } from './read-profile.js';

/** The mean rate in a window of time. */
export interface WindowRate {
  /** Start of the window, seconds since 1970. */
  readonly atSeconds: number;
  readonly ratePerSecond: number;
}

const WINDOWS_SECONDS = [60, 300, 900, 3600, 86_400, 31 * 86_400] as const;
/** The finest windows are taken of which a log fills no more: 5 minutes of a day, 15 of a week. */
const MOST_WINDOWS = 700;
/** A window at an end of the log counts if the log covers this share of it; its rate is that of the part covered. */
const COVERED = 0.5;

/**
 * How many requests came per second, window by window, from a profile that `fit --format profile` wrote.
 *
 * @throws SourceError that names the file where it is no such profile, has no times, or covers less than two windows.
 */
export function rateOverTime(file: string, text: string): readonly WindowRate[] {
  const { time } = parseProfile(file, text);
  if (time.firstMs === null || time.lastMs === null)
    throw new SourceError(`${file}: the logs of this profile have no times, so it has no rates over time`);
  const first = time.firstMs / 1000;
  const last = time.lastMs / 1000 + (time.fractions ? 0 : 1);
  const grid = gridOf(time.cellSeconds, time.cells);
  const usable = WINDOWS_SECONDS.filter((seconds) => seconds >= cellSeconds(grid));
  const width = usable.find((seconds) => (last - first) / seconds <= MOST_WINDOWS) ?? usable.at(-1)!;
  const arrivals = new Map<number, number>();
  for (const cell of cells(grid)) {
    const window = Math.floor(cell.start / width);
    arrivals.set(window, (arrivals.get(window) ?? 0) + cell.arrivals);
  }
  const rates: WindowRate[] = [];
  for (let window = Math.floor(first / width); window * width < last; window++) {
    const covered = Math.min(last, (window + 1) * width) - Math.max(first, window * width);
    if (covered >= COVERED * width)
      rates.push({ atSeconds: window * width, ratePerSecond: (arrivals.get(window) ?? 0) / covered });
  }
  if (rates.length < 2)
    throw new SourceError(
      `${file}: its logs cover ${Math.round(last - first)} s, too short a time for rates over a day`,
    );
  return rates;
}
