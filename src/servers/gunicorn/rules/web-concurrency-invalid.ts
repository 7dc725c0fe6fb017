import type { ServerRule } from '../../rule.js';

export const webConcurrencyInvalid: ServerRule = {
  severity: 'error',
  title: 'WEB_CONCURRENCY is not a number',
  summary: 'WEB_CONCURRENCY is empty or not a whole number',
  why: 'Gunicorn computes int(WEB_CONCURRENCY) when it is imported, also where workers is set elsewhere, and does not start.',
  fix: 'Set a whole number, or do not set the variable at all.',
  source: 'gunicorn/config.py: default = int(os.environ.get("WEB_CONCURRENCY", 1))',
  check({ deployment }) {
    const value = deployment.environment.get('WEB_CONCURRENCY');
    if (!value?.known || /^\s*[+]?\d+(_\d+)*\s*$/.test(value.value)) return null;
    const isEmpty = value.value.trim() === '';
    return {
      at: value.at,
      message: `WEB_CONCURRENCY is ${isEmpty ? 'empty' : `"${value.value.slice(0, 40)}"`}, and Gunicorn fails on it at its start`,
      fix: 'set a whole number, or remove the variable',
      numbers: { webConcurrency: value.value.slice(0, 40) },
    };
  },
};
