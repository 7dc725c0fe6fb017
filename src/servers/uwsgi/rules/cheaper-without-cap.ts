import type { ServerRule } from '../../rule.js';

export const cheaperWithoutCap: ServerRule = {
  severity: 'warning',
  title: 'workers added without a cap on memory',
  summary: 'cheaper adds workers and nothing bounds their memory',
  why: 'Under load uWSGI starts workers up to processes. Memory that holds the usual number may not hold all of them, and it is under load that they are started.',
  fix: 'Check that memory holds all processes, and set cheaper-rss-limit-soft, reload-on-rss or limit-as.',
  source: 'uwsgi-docs Cheaper.rst',
  check({ deployment, memoryLimit, question }) {
    const cheaper = deployment.settings.get('cheaper');
    const caps = [
      'cheaper_rss_limit_soft',
      'cheaper_rss_limit_hard',
      'reload_on_rss',
      'evil_reload_on_rss',
      'limit_as',
    ];
    if (!cheaper?.reading.known || caps.some((name) => deployment.settings.has(name))) return null;
    if (memoryLimit && question.memory.perWorkerMiB !== null) return null;
    return {
      at: cheaper.reading.at,
      message: 'workers are added under load, and nothing bounds the memory they take together',
      fix: 'set cheaper-rss-limit-soft, reload-on-rss or limit-as, or give --per-worker and --mem to have it checked',
      numbers: {},
    };
  },
};
