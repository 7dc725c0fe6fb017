/** Numbers inside sentences: rounded to what a reader compares, exact where they are small whole numbers. */
export function plain(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const rounded = Number(value.toPrecision(Math.abs(value) >= 1000 ? 4 : 3));
  return Math.abs(rounded) < 1e15 && Math.abs(rounded) >= 1e-6 ? String(rounded) : rounded.toExponential();
}

/** Memory up to the next MiB: less would not hold it. */
export const mebibytesUp = (value: number): string => `${plain(Math.ceil(value - 1e-9))} MiB`;
export const mebibytes = (value: number): string => `${plain(value)} MiB`;
export const perSecond = (value: number): string => `${plain(value)} req/s`;

/** A replica's share of the rate, said as that where there are several. */
export const shareOf = (ratePerReplica: number, replicas: number): string =>
  `${perSecond(ratePerReplica)}${replicas > 1 ? ' for each replica' : ''}`;
export const percent = (value: number): string => `${plain(value * 100)}%`;

export function milliseconds(value: number): string {
  return value >= 10_000 ? `${plain(value / 1000)} s` : `${plain(value)} ms`;
}

export const counted = (count: number, noun: string): string =>
  `${plain(count)} ${noun}${count === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;

/** `4 workers`, `4 workers × 10 threads`. */
export function sized(workers: number, threads: number): string {
  return threads > 1
    ? `${counted(workers, 'worker')} × ${counted(threads, 'thread')}`
    : counted(workers, 'worker');
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], last: 'and' | 'or' = 'and'): string {
  return items.length > 1 ? `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}` : (items[0] ?? '');
}
