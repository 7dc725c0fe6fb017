import { measure } from './measure.js';

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
