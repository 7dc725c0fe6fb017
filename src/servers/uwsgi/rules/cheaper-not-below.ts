import { plain } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';
import { countValue } from '../../settings/setting-value.js';

export const cheaperNotBelow: ServerRule = {
  severity: 'error',
  title: 'it does not start',
  summary: 'cheaper is not below the number of processes',
  why: 'cheaper is the number of workers that are always there, processes the most of them. uWSGI refuses to start where the first is not smaller.',
  fix: 'Set cheaper below processes, or leave it out.',
  source: 'core/uwsgi.c',
  check({ deployment, workers }) {
    const cheaper = countValue(deployment, 'cheaper', 0);
    if (!cheaper.value || workers.value === null || cheaper.value < workers.value) return null;
    return {
      at: cheaper.at,
      message: `cheaper = ${plain(cheaper.value)} must be below the ${plain(workers.value)} processes`,
      fix: 'raise processes, or leave cheaper out',
      numbers: { cheaper: cheaper.value, workers: workers.value },
    };
  },
};
