import { counted, plain } from '../../text/sentences.js';
import type { Rule } from '../rule.js';

export const tooFewSlots: Rule = {
  severity: 'error',
  title: 'too few slots for the rate',
  summary: 'on average more requests are in service than the server can serve at once',
  why: "By Little's law, rate × service time requests are in service at the same time. With fewer slots than that the queue grows without end, until the backlog is full and clients are refused.",
  fix: 'Give more slots than rate × service time: workers × threads for gthread, workers for sync.',
  source: 'J. D. C. Little, 1961: L = λ W',
  check({ question, times, workers, slotsPerWorker, kind }) {
    const rate = question.workload?.ratePerSecond ?? null;
    if (!times || rate === null || !workers.value || slotsPerWorker === null || kind.value === null)
      return null;
    const load = (rate * times.serviceMs) / 1000;
    const slots = workers.value * slotsPerWorker;
    if (load < slots) return null;
    const needed = Math.floor(load) + 1;
    const isThreaded = kind.value.concurrency === 'threads';
    return {
      at: workers.at,
      message: `${plain(rate)} req/s × ${plain(times.serviceMs)} ms keep ${plain(load)} requests in service, and there are ${counted(slots, 'slot')}`,
      fix: isThreaded
        ? `set workers × threads to ${needed} or more, such as threads = ${Math.ceil(needed / workers.value)}`
        : `set workers = ${Math.ceil(needed / slotsPerWorker)} or more`,
      numbers: {
        ratePerSecond: rate,
        serviceTimeMs: times.serviceMs,
        offeredLoad: load,
        slots,
        slotsNeeded: needed,
      },
    };
  },
};
