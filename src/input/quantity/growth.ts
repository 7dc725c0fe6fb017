import { type OptionType, ValueError } from '../option.js';
import { quoted } from './decimal.js';
import { measure } from './measure.js';
import { memory } from './memory.js';

/** Growth per minute as a share of the rate: `20%` or `0.2`, also written `20%/min`. */
export const growth = measure({
  name: 'growth',
  accepts: 'a share per minute, such as 0.2, 20% or 20%/min',
  units: { '': {}, '%': { power: -2 }, '/min': {}, '%/min': { power: -2 } },
  zero: true,
  least: 1e-9,
  leastText: '1e-9',
  most: 1000,
  mostText: '1000',
  shown: ['%'],
  base: '',
});

/** How the memory of a worker grows: with each request that it serves, or with time. */
export type MemoryGrowth =
  | { readonly per: 'request'; readonly memoryMiB: number }
  | { readonly per: 'hour'; readonly memoryMiB: number };

const memoryGrowthAccepts = 'memory per requests or per hour, such as 2MiB/1000req, 40KiB/req or 5MiB/h';

const PER = /^(.*)\/\s*(?:(\d{0,9})\s*(req)|(h))$/;

/** Growth of a worker's memory. */
export const memoryGrowth: OptionType<MemoryGrowth> = {
  name: 'memory-growth',
  accepts: memoryGrowthAccepts,
  parse(text) {
    const [, size, count, requests] = PER.exec(text.trim()) ?? [];
    if (size === undefined)
      throw new ValueError(`${quoted(text)} does not say per what; accepted: ${memoryGrowthAccepts}`);
    const memoryMiB = memory.parse(size);
    if (requests === undefined) return { per: 'hour', memoryMiB };
    const number = count === '' ? 1 : Number(count);
    if (number === 0)
      throw new ValueError(`${quoted(text)} is per no request; accepted: ${memoryGrowthAccepts}`);
    return { per: 'request', memoryMiB: memoryMiB / number };
  },
  format: ({ per, memoryMiB }) =>
    per === 'hour' ? `${memoryMiB}MiB/h` : `${Number((1000 * memoryMiB).toPrecision(12))}MiB/1000req`,
};
