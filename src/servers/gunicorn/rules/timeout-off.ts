import type { ServerRule } from '../../rule.js';

export const timeoutOff: ServerRule = {
  severity: 'warning',
  title: 'sync without a timeout',
  summary: 'timeout = 0 with the sync class',
  why: 'A request that hangs holds its worker for ever, and nothing ends it. A few of them stop the server.',
  fix: 'Set a timeout above the slowest legitimate request.',
  source: 'gunicorn/config.py: timeout, 0 is off',
  check({ kind, timeoutSeconds }) {
    if (kind.value?.name !== 'sync' || timeoutSeconds.value !== 0) return null;
    return {
      at: timeoutSeconds.at,
      message: 'timeout = 0 lets a request that hangs hold its sync worker for ever',
      fix: 'set timeout above the slowest request that is legitimate, such as 30',
      numbers: { timeoutSeconds: 0 },
    };
  },
};
