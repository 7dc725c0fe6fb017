/** Labels of a series by name; the metric's own name is not among them. */
export type Labels = ReadonlyMap<string, string>;

/** A native histogram at one time: how many observations lie in (low, high], and the sum of all. */
export interface NativeHistogram {
  readonly sum: number;
  readonly buckets: readonly Bucket[];
}

/** Observations above `low` and up to `high`, in the metric's unit; `high` is infinite of the last one. */
export interface Bucket {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** What was seen of one metric with one set of labels. */
export interface Series {
  readonly name: string;
  readonly labels: Labels;
  /** ms since 1970, rising; NaN of a look that does not tell its time. */
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** Of a native histogram, in place of values. */
  readonly histograms?: readonly NativeHistogram[];
}

/** By these a Python process is told from others: its target, its pod, and the worker's pid in multiprocess mode. */
export const PROCESS_LABELS = ['job', 'namespace', 'pod', 'instance', 'pid', 'worker'] as const;

/** The process a series is of, for people: `pod=web-1 pid=17`; empty where no label tells. */
export const processOf = (labels: Labels): string =>
  PROCESS_LABELS.flatMap((name) => (labels.get(name) ? [`${name}=${labels.get(name)}`] : [])).join(' ');
