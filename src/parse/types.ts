import { type OptionType, ValueError } from './option.js';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function finite(text: string, accepts: string): number {
  const value = NUMBER.test(text.trim()) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new ValueError(`"${text}" is not a number; accepted: ${accepts}`);
  return value;
}

/** A number times a unit's factor, with the default unit for a bare number. */
function scaled(
  name: string,
  accepts: string,
  units: Readonly<Record<string, number>>,
  format: (value: number) => string,
  min: 'positive' | 'non-negative',
): OptionType<number> {
  return {
    name,
    accepts,
    format,
    parse(text) {
      const match = /^\s*([+-]?[\d.]+(?:e[+-]?\d+)?)\s*([^\d\s]\S*)?\s*$/i.exec(text);
      const factor = match ? units[match[2] ?? ''] : undefined;
      if (!match || factor === undefined)
        throw new ValueError(`"${text}" is not accepted; accepted: ${accepts}`);
      const value = finite(match[1]!, accepts) * factor;
      if (!Number.isFinite(value) || value < 0 || (min === 'positive' && value === 0)) {
        throw new ValueError(
          `must be ${min === 'positive' ? 'greater than 0' : '0 or more'}, got "${text}"; accepted: ${accepts}`,
        );
      }
      return value;
    },
  };
}

const MIB = 1024 * 1024;
const MEMORY_UNITS = {
  '': 1,
  B: 1 / MIB,
  k: 1e3 / MIB,
  K: 1e3 / MIB,
  kB: 1e3 / MIB,
  KB: 1e3 / MIB,
  Ki: 1 / 1024,
  KiB: 1 / 1024,
  M: 1e6 / MIB,
  MB: 1e6 / MIB,
  Mi: 1,
  MiB: 1,
  G: 1e9 / MIB,
  GB: 1e9 / MIB,
  Gi: 1024,
  GiB: 1024,
  T: 1e12 / MIB,
  TB: 1e12 / MIB,
  Ti: MIB,
  TiB: MIB,
};

/** Cores. */
export const cpu = scaled('cores', 'cores: 4, 0.5, 500m', { '': 1, m: 1e-3 }, String, 'positive');
/** MiB. */
export const memory = scaled(
  'memory',
  'MiB: 1024, 1GiB, 512Mi, 1.5G',
  MEMORY_UNITS,
  (v) => `${v}MiB`,
  'positive',
);
export const memoryOrZero = scaled(
  'memory',
  'MiB: 0, 1024, 1GiB, 512Mi, 1.5G',
  MEMORY_UNITS,
  (v) => `${v}MiB`,
  'non-negative',
);
/** ms. */
export const duration = scaled(
  'duration',
  'ms: 100, 100ms, 0.1s',
  { '': 1, us: 1e-3, ms: 1, s: 1e3, m: 6e4, min: 6e4, h: 36e5 },
  (v) => `${v}ms`,
  'non-negative',
);
/** Requests per second. */
export const rate = scaled(
  'rate',
  'req/s: 120, 120/s, 7200/min, 10M/day',
  { '': 1, '/s': 1, '/min': 1 / 60, '/h': 1 / 3600, '/day': 1 / 86400, 'M/day': 1e6 / 86400, 'k/s': 1e3 },
  (v) => `${v}/s`,
  'positive',
);

export const number: OptionType<number> = {
  name: 'number',
  accepts: 'a number of 0 or more',
  format: String,
  parse(text) {
    const value = finite(text, this.accepts);
    if (value < 0) throw new ValueError(`must be 0 or more, got "${text}"`);
    return value;
  },
};

export function count(least = 1): OptionType<number> {
  const accepts = `a whole number of ${least} or more`;
  return {
    name: 'count',
    accepts,
    format: String,
    parse(text) {
      const value = finite(text, accepts);
      if (!Number.isSafeInteger(value) || value < least)
        throw new ValueError(`must be ${accepts}, got "${text}"`);
      return value;
    },
  };
}

/** A share of 0 to 1. */
export const share: OptionType<number> = {
  name: 'share',
  accepts: '0 to 1, or 0% to 100%',
  format: String,
  parse(text) {
    const percent = text.trim().endsWith('%');
    const value = finite(percent ? text.trim().slice(0, -1) : text, this.accepts) / (percent ? 100 : 1);
    if (value < 0 || value > 1) throw new ValueError(`must be ${this.accepts}, got "${text}"`);
    return value;
  },
};

/** Share of a request's time spent waiting; also waiting:computing. */
export const ioRatio: OptionType<number> = {
  name: 'io-ratio',
  accepts: 'a share 0.9 or 90%, or waiting:computing 9:1',
  format: String,
  parse(text) {
    const parts = text.split(':');
    if (parts.length !== 2) return share.parse(text);
    const [wait, compute] = parts.map((part) => finite(part, this.accepts)) as [number, number];
    if (wait < 0 || compute < 0 || wait + compute === 0)
      throw new ValueError(`must be ${this.accepts}, got "${text}"`);
    return wait / (wait + compute);
  },
};

/** Memory in MiB, or a share of the whole. */
export type MemoryOrShare =
  | { readonly kind: 'memory'; readonly memoryMiB: number }
  | { readonly kind: 'share'; readonly share: number };

export const memoryOrShare: OptionType<MemoryOrShare> = {
  name: 'memory-or-share',
  accepts: 'MiB or a percentage: 100, 128MiB, 10%',
  format: (v) => (v.kind === 'memory' ? memory.format(v.memoryMiB) : `${v.share * 100}%`),
  parse: (text) =>
    text.trim().endsWith('%')
      ? { kind: 'share', share: share.parse(text) }
      : { kind: 'memory', memoryMiB: memoryOrZero.parse(text) },
};

export const flag: OptionType<boolean> = {
  name: 'switch',
  accepts: 'true or false',
  isSwitch: true,
  format: String,
  parse(text) {
    if (text === 'true' || text === '1' || text === '') return true;
    if (text === 'false' || text === '0') return false;
    throw new ValueError(`must be ${this.accepts}, got "${text}"`);
  },
};

export const text: OptionType<string> = { name: 'text', accepts: 'text', format: String, parse: (t) => t };
export const path: OptionType<string> = { name: 'path', accepts: 'a path', format: String, parse: (t) => t };

export function choice<const C extends string>(...choices: readonly C[]): OptionType<C> {
  const accepts = choices.join(', ');
  return {
    name: 'choice',
    accepts,
    choices,
    format: String,
    parse(t) {
      const found = choices.find((c) => c === t);
      if (!found) throw new ValueError(`"${t}" is not one of ${accepts}`);
      return found;
    },
  };
}
