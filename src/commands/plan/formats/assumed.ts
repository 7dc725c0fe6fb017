import type { Assumption } from '../../../profile/types.js';
import { listed, mebibytes, milliseconds, percent } from '../../../text/sentences.js';

/** What matters most of what may be assumed: how a sentence says it. */
const SAYS: Readonly<Record<string, (value: number) => string>> = {
  perWorkerMiB: (value) => `${mebibytes(value)} a worker`,
  serviceTimeMs: (value) => `${milliseconds(value)} a request`,
  ioRatio: (value) => `${percent(value)} of a request waiting`,
};

/** One line of the assumptions that the numbers depend on most; null where none of those was made. */
export function mostAssumed(assumptions: readonly Assumption[]): string | null {
  const found = Object.keys(SAYS).flatMap((input) => assumptions.find((a) => a.input === input) ?? []);
  if (found.length === 0) return null;
  const said = found.map(({ input, value }) => SAYS[input]!(Number(value)));
  return `The numbers assume ${listed(said)} (${found.map(({ flag }) => flag).join(', ')}).`;
}
