import type { ServerRule } from '../../rule.js';
import { switchValue } from '../../settings/setting-value.js';

export const reloadInProduction: ServerRule = {
  severity: 'warning',
  title: 'reload in production',
  summary: 'reloading is on',
  why: 'Reloading runs a single process, whatever --workers says, and a second one that watches the files.',
  fix: 'Leave --reload out where requests are served.',
  source: 'uvicorn/main.py: workers are not valid with reload',
  check({ deployment }) {
    const reload = switchValue(deployment, 'reload', false);
    if (!reload.value) return null;
    return {
      at: reload.at,
      message: '--reload runs one process, whatever --workers says, and watches the files beside it',
      fix: 'leave --reload out',
      numbers: { reload: true },
    };
  },
};
