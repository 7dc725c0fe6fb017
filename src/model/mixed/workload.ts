import type { Law } from '../../math/laws/law.js';
import { demandOf } from '../../math/laws/limited-mean.js';
import type { Mix, Workload } from '../types.js';

/** The workload of such a mix: its laws of any request have the mean and the variation of both kinds together. */
export function mixedWorkload(workload: Workload, mix: Mix): Workload {
  const { looped, pooled, pooledShare } = mix;
  return {
    ...workload,
    cpu: ofEither(looped.cpu, pooled.cpu, pooledShare),
    io: ofEither(looped.io, pooled.io, pooledShare),
    mix,
  };
}

function ofEither(first: Law, second: Law, share: number): Law {
  if (first === second) return first;
  const [one, other] = [demandOf(first), demandOf(second)];
  const mean = (1 - share) * one.mean + share * other.mean;
  if (mean === 0) return { kind: 'deterministic', mean };
  const square = (1 - share) * one.mean ** 2 * (1 + one.scv) + share * other.mean ** 2 * (1 + other.scv);
  return { kind: 'two-moment', mean, cv: Math.sqrt(Math.max(0, square / mean ** 2 - 1)) };
}
