import { plain } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';
import { writtenClass } from '../running.js';

export const threadsWithSync: ServerRule = {
  severity: 'warning',
  title: 'threads with the sync class',
  summary: 'threads above 1 turn the sync class into gthread',
  why: 'Gunicorn then runs gthread without saying so in the settings: the application must be thread-safe, keep-alive comes on, and a process accepts connections that it cannot serve yet.',
  fix: 'Write worker_class = "gthread" if threads are wanted, or threads = 1 if not.',
  source: 'gunicorn/config.py: Config.worker_class_str',
  check({ deployment, threads, kind }) {
    const { value, layer } = writtenClass(deployment);
    if (kind.value?.name !== 'gthread' || !/^sync$|SyncWorker$/.test(value ?? '')) return null;
    const written = layer === null ? 'no class is set' : 'the class is sync';
    return {
      at: threads.at,
      message: `with ${plain(threads.value ?? 0)} threads Gunicorn runs gthread, although ${written}`,
      fix: 'set worker_class = "gthread", or threads = 1',
      numbers: { threads: threads.value },
    };
  },
};
