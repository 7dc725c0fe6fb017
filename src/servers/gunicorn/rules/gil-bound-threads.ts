import { counted, percent, plain } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';

/** Use of the lock from which threads wait for it long enough to be told. */
const BUSY_LOCK = 0.9;

export const gilBoundThreads: ServerRule = {
  severity: 'warning',
  title: 'threads that wait for the interpreter lock',
  summary: 'the threads of a process have more to compute than one interpreter lock lets through',
  why: 'One thread at a time runs Python code in a process. Once the threads together compute more than all of the time, a further thread only waits for the lock, and cores beyond the number of processes stay idle.',
  fix: 'Use about 1 + waiting / computing threads per process, and more processes for more cores.',
  source: 'CPython: global interpreter lock; threads × compute / (compute + wait) ≤ 1',
  check({ kind, threads, workers, cores, question, times: given, prediction }) {
    const times = question.ioKnown ? given : null;
    if (kind.value?.name !== 'gthread' || !question.gil || !times || !threads.value || !workers.value)
      return null;
    // Where the rate is known, threads that seldom meet at the lock do no harm.
    if (prediction?.meanMs && (prediction.utilization?.gil ?? 1) <= BUSY_LOCK) return null;
    const share = times.cpuMs / times.serviceMs;
    const busy = threads.value * share;
    const idleCores = cores ? Math.floor(cores.value) - workers.value : 0;
    if (threads.value < 2 || busy <= 1 || (busy <= 2 && idleCores <= 0)) return null;
    const useful = Math.max(1, Math.ceil(1 / share - 1e-9));
    const idle =
      idleCores > 0
        ? `, and ${counted(idleCores, 'core')} of ${plain(cores?.value ?? 0)} cannot be used`
        : '';
    return {
      at: threads.at,
      message: `${plain(threads.value)} threads that compute ${percent(share)} of the time ask for ${plain(busy)} interpreter locks of each process, which has one${idle}`,
      fix:
        idleCores > 0
          ? `set threads = ${useful} and workers = ${workers.value + idleCores}`
          : `set threads = ${useful}`,
      numbers: {
        threads: threads.value,
        workers: workers.value,
        computeShare: share,
        usefulThreads: useful,
      },
    };
  },
};
