import { mebibytes } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';
import { switchValue } from '../../settings/setting-value.js';

export const preloadWithoutShared: ServerRule = {
  severity: 'note',
  title: 'shared memory not counted',
  summary: 'preload_app is on and no shared memory was given',
  why: 'What is loaded before the fork is shared by all workers as long as nobody writes to it. Counting it for every worker makes the memory look larger than it is, and the number of workers smaller.',
  fix: 'Give the shared part with --shared, and for --per-worker what a worker has of its own (USS; wcalc detect shows both).',
  source: 'gunicorn/arbiter.py: setup() loads the application before the fork; /proc/PID/smaps_rollup',
  check({ deployment, question }) {
    const preload = switchValue(deployment, 'preload_app', false);
    const { perWorkerMiB, sharedMiB } = question.memory;
    if (!preload.value || perWorkerMiB === null || sharedMiB > 0) return null;
    return {
      at: preload.at,
      message: `preload_app shares memory between the workers, and all of ${mebibytes(perWorkerMiB)} is counted for each`,
      fix: 'give --shared, and --per-worker without it',
      numbers: { perWorkerMiB, sharedMiB },
    };
  },
};
