import { measure, type Unit } from './measure.js';

const PER: Readonly<Record<string, number>> = { '/s': 1, '/min': 60, '/h': 3600, '/day': 86_400 };

/** Every period, each with and without a thousands' prefix. */
const units: Record<string, Unit> = {
  '': {},
  rps: {},
  'req/s': {},
  rpm: { per: 60 },
  'req/min': { per: 60 },
};
for (const [period, seconds] of Object.entries(PER)) {
  units[period] = { per: seconds };
  units[`k${period}`] = { power: 3, per: seconds };
  units[`K${period}`] = { power: 3, per: seconds };
  units[`M${period}`] = { power: 6, per: seconds };
}

/** Requests per second, above 0. */
export const rate = measure({
  name: 'rate',
  accepts: 'req/s, such as 120, or a rate such as 120/s, 7200/min, 36k/h or 10M/day',
  units,
  ambiguous: {
    k: ['k/s', 'k/day'],
    K: ['k/s', 'k/day'],
    M: ['M/s', 'M/day'],
    m: ['/min', 'M/day'],
    '/m': ['/min'],
  },
  zero: false,
  least: 1e-9,
  leastText: '1e-9 req/s',
  most: 1e12,
  mostText: '1e12 req/s',
  shown: ['/s', '/min', '/h', 'M/day', 'k/day', '/day'],
  base: '/s',
});
