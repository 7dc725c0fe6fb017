import { measure } from './measure.js';

/** CPU in cores; `m` are thousandths of a core, as in Kubernetes. */
export const cpu = measure({
  name: 'cpu',
  accepts: 'cores, such as 4, 0.5 or 500m',
  units: { '': {}, m: { power: -3 } },
  zero: false,
  least: 1e-3,
  leastText: '1m',
  most: 1e6,
  mostText: '1000000 cores',
  shown: [],
  base: '',
});
