import { SourceError } from '../../../host/errors.js';
import type { SampleSink } from '../formats/format.js';
import { labelsOf } from '../formats/labels.js';
import type { Series } from '../series.js';

const MOST_SERIES = 200_000;
const MOST_SAMPLES = 10_000_000;

interface Growing {
  readonly name: string;
  readonly labels: string;
  readonly times: number[];
  readonly values: number[];
}

/** The samples of the wanted metrics of one file, by series. */
export class Collected implements SampleSink {
  readonly #file: string;
  readonly #wanted: ReadonlySet<string>;
  readonly #series = new Map<string, Growing>();
  #samples = 0;

  constructor(file: string, wanted: ReadonlySet<string>) {
    this.#file = file;
    this.#wanted = wanted;
  }

  wants(name: string): boolean {
    return this.#wanted.has(name);
  }

  sample(name: string, labels: string, timeMs: number, value: number): void {
    // A stale marker, or the quantile of a summary that has seen nothing.
    if (!Number.isFinite(value)) return;
    const key = `${name}{${labels}`;
    let series = this.#series.get(key);
    if (!series) {
      series = { name, labels, times: [], values: [] };
      this.#series.set(key, series);
    }
    series.times.push(timeMs);
    series.values.push(value);
    this.#samples++;
    if (this.#samples > MOST_SAMPLES || this.#series.size > MOST_SERIES)
      throw new SourceError(
        `${this.#file}: has more than ${MOST_SAMPLES} samples or ${MOST_SERIES} series of the metrics that are read; give a shorter time or fewer of them`,
      );
  }

  all(): Series[] {
    return [...this.#series.values()].map(({ name, labels, times, values }) => ({
      name,
      labels: labelsOf(labels),
      times,
      values,
    }));
  }
}

/** A series in order of time; of two samples at the same time the later one in the file. */
export function inOrder(series: Series): Series {
  const { times, values, histograms } = series;
  if (times.every((time, n) => n === 0 || time > times[n - 1]!)) return series;
  const order = times.map((_, n) => n).sort((a, b) => times[a]! - times[b]! || a - b);
  const kept = order.filter((at, n) => n + 1 === order.length || times[order[n + 1]!] !== times[at]);
  return {
    ...series,
    times: kept.map((at) => times[at]!),
    values: kept.map((at) => values[at]!),
    ...(histograms && { histograms: kept.map((at) => histograms[at]!) }),
  };
}
