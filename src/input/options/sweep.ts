import type { Option } from '../option.js';
import { choice, flag, text } from '../types.js';
import { RESULT_NAMES } from './result-names.js';

/** Options of `wcalc sweep` alone. */
export const sweepOptions = {
  vary: {
    type: text,
    group: 'Model',
    help: 'input and its range: rate=10..200, rate=1..1000*2, cores=1..8:0.5, workers=1,2,4 (twice for a heat map)',
    repeatable: true,
  },
  result: {
    type: choice(...RESULT_NAMES),
    group: 'Model',
    help: 'what to show; the first one is drawn',
    fallback: 'p95, or capacity without a rate',
    repeatable: true,
  },
  find: {
    type: text,
    group: 'Model',
    help: "solve for an input: 'rate where p95=250ms'",
    repeatable: true,
  },
  uncertain: {
    type: text,
    group: 'Model',
    help: 'an input of which only a range is known: per-worker=200..300; the same as --per-worker 200..300',
    repeatable: true,
  },
  sensitivity: {
    type: flag,
    group: 'Model',
    help: 'rank the inputs by how much they move the result: what to measure next',
  },
} as const satisfies Record<string, Option<unknown>>;
