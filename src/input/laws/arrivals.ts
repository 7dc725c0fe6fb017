import type { Arrivals } from '../../simulation/engine/arrivals.js';
import { type OptionType, parseOr, ValueError } from '../option.js';
import { distribution, withMean } from './distribution.js';

const MOST_IN_BATCH = 1_000_000;

/** How requests come, as `--arrivals` names it. */
export const arrivals: OptionType<Arrivals> = {
  name: 'arrivals',
  accepts:
    'poisson, batch:SIZE, or a law of the gaps: deterministic, erlang:K, hyperexponential:CV, lognormal:CV, gamma:CV',
  format(value) {
    if (value.kind === 'batch') return `batch:${value.size}`;
    if (value.gap.kind === 'exponential') return 'poisson';
    return distribution.format(value.gap as Parameters<typeof distribution.format>[0]);
  },
  parse(text) {
    const word = text.trim().toLowerCase();
    if (word === 'poisson') return { kind: 'renewal', gap: { kind: 'exponential', mean: 1 } };
    if (word.startsWith('batch:')) {
      const size = Number(word.slice('batch:'.length));
      if (!(size >= 1 && size <= MOST_IN_BATCH))
        throw new ValueError(`"${text}" needs a mean size of 1 to ${MOST_IN_BATCH}, as in batch:5`);
      return { kind: 'batch', size };
    }
    const wrong = () => new ValueError(`"${text}" is no way to arrive; accepted: ${this.accepts}`);
    return { kind: 'renewal', gap: withMean(parseOr(distribution, word, wrong), 1) };
  },
};
