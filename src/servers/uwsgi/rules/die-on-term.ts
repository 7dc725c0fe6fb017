import { CONTAINERS } from '../../../files/platforms/service.js';
import type { ServerRule } from '../../rule.js';
import { switchValue } from '../../settings/setting-value.js';

export const dieOnTerm: ServerRule = {
  severity: 'warning',
  title: 'SIGTERM reloads instead of stopping',
  summary: 'die-on-term is not set in a container',
  why: 'uWSGI takes SIGTERM for a reload. A platform that asks it to stop waits for its whole grace period, and then kills it with all requests in flight.',
  fix: 'Set die-on-term = true.',
  source: 'core/uwsgi.c; uwsgi-docs ThingsToKnow.rst',
  check({ deployment }) {
    if (!CONTAINERS.has(deployment.platform) || switchValue(deployment, 'die_on_term', false).value !== false)
      return null;
    return {
      at: deployment.at,
      message: 'SIGTERM reloads uWSGI instead of stopping it, so that every stop lasts until it is killed',
      fix: 'set die-on-term = true',
      numbers: {},
    };
  },
};
