import { type Comparison, counts } from './compare.js';
import { type Case, overheadOf } from './measured.js';
import { table } from './tables.js';

/** What each server takes for a request beyond what the application computes: the median of its counted cases, and between which they lie. */
export function ownCpuTable(comparisons: readonly Comparison[], nameOf: (measured: Case) => string): string {
  const byName = new Map<string, number[]>();
  for (const { measured } of comparisons.filter(counts))
    byName.set(nameOf(measured), [...(byName.get(nameOf(measured)) ?? []), overheadOf(measured)]);
  const rows = [...byName].map(([name, found]) => {
    const sorted = found.sort((a, b) => a - b);
    const median = (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
    return [name, String(sorted.length), ...[median, sorted[0]!, sorted.at(-1)!].map((ms) => ms.toFixed(2))];
  });
  return table(['server', 'cases', 'median, ms', 'least', 'most'], rows);
}
