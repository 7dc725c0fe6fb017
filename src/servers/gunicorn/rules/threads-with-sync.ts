import type { Rule } from '../../../check/rule.js';
import { plain } from '../../../text/sentences.js';

export const threadsWithSync: Rule = {
  severity: 'warning',
  title: 'threads with the sync class',
  summary: 'threads above 1 turn the sync class into gthread',
  why: 'Gunicorn then runs gthread without saying so in the settings: the application must be thread-safe, keep-alive comes on, and a process accepts connections that it cannot serve yet.',
  fix: 'Write worker_class = "gthread" if threads are wanted, or threads = 1 if not.',
  source: 'gunicorn/config.py: Config.worker_class_str',
  check({ threads, writtenClass, workerClass }) {
    if (workerClass.value !== 'gthread' || !/^sync$|SyncWorker$/.test(writtenClass.value ?? '')) return [];
    const written = writtenClass.layer === null ? 'no class is set' : 'the class is sync';
    return [
      {
        at: threads.at,
        message: `with ${plain(threads.value ?? 0)} threads Gunicorn runs gthread, although ${written}`,
        fix: 'set worker_class = "gthread", or threads = 1',
        numbers: { threads: threads.value },
      },
    ];
  },
};
