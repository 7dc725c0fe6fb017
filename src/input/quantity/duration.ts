import { type OptionType, ValueError } from '../option.js';
import { quoted } from './decimal.js';
import { type Measure, measure } from './measure.js';

const spec: Measure = {
  name: 'duration',
  accepts: 'ms, such as 100, or a time such as 100ms, 0.1s or 2min',
  units: {
    '': {},
    us: { power: -3 },
    µs: { power: -3 },
    ms: {},
    s: { power: 3 },
    min: { power: 4, times: 6 },
    h: { power: 5, times: 36 },
  },
  ambiguous: { m: ['min', 'ms'], M: ['min', 'ms'] },
  zero: true,
  least: 1e-9,
  leastText: '1e-9 ms',
  most: 1e12,
  mostText: '1e12 ms',
  shown: ['h', 'min', 's', 'ms', 'us'],
  base: 'ms',
};

/** Above 1 ms a fraction is written as one: 69.2ms, not 69200us. */
const withFractions = (type: OptionType<number>): OptionType<number> => ({
  ...type,
  format: (value) => (value > 1 && !Number.isInteger(value) ? `${value}ms` : type.format(value)),
});

/** A time in ms, 0 or more. */
export const duration = withFractions(measure(spec));

/** A time in ms, above 0. */
export const positiveDuration = withFractions(measure({ ...spec, zero: false }));

const wholeSecondsSpec: Measure = {
  ...spec,
  name: 'whole-seconds',
  accepts: 'whole seconds as in Gunicorn, such as 30, 30s or 2min',
  units: { ...spec.units, '': { power: 3 } },
};
const inSeconds = measure(wholeSecondsSpec);

/** A time in ms of one of Gunicorn's own settings: a bare number is in seconds, as Gunicorn has it, and they are whole. */
export const wholeSeconds: OptionType<number> = {
  ...inSeconds,
  parse(text) {
    const value = inSeconds.parse(text);
    if (value % 1000 === 0) return value;
    throw new ValueError(`must be ${wholeSecondsSpec.accepts}, got ${quoted(text)}`);
  },
};

/** A time of hours or days in ms; a bare number could be anything, so that a unit must stand behind it. */
export const timespan = measure({
  ...spec,
  accepts: 'a time with its unit, such as 30s, 5min, 6h or 7d',
  units: {
    s: { power: 3 },
    min: { power: 4, times: 6 },
    h: { power: 5, times: 36 },
    d: { power: 5, times: 864 },
  },
  ambiguous: { m: ['min', 's'], '': ['s', 'min', 'h'] },
  zero: false,
  least: 1000,
  leastText: '1s',
  most: 3.2e10,
  mostText: '370d',
  shown: ['d', 'h', 'min', 's'],
  base: 'ms',
});
