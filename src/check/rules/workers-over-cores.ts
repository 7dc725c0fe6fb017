import { ceilSafely, processesForCores } from '../../plan/search/demand.js';
import { counted, percent, plain } from '../../text/sentences.js';
import type { Facts } from '../facts.js';
import type { Rule } from '../rule.js';

/** The upper end of what the help text of `workers` advises. */
const MOST_PER_CORE = 4;

export const workersOverCores: Rule = {
  severity: 'warning',
  title: 'more workers than the cores can use',
  summary: 'there are more worker processes than keep the cores busy',
  why: 'Beyond the number that keeps the cores busy, a further process computes nothing sooner. It costs its memory, takes the CPU from the others by switching, and under a quota spends the period earlier.',
  fix: 'Run about cores × (1 + waiting / computing) sync workers, or about one process per core for threads and event loops.',
  source: 'cores × (1 + wait/compute); gunicorn/config.py: "2-4 x $(NUM_CORES)"; docs/content/design.md',
  check(facts) {
    const { workers, cores } = facts;
    const most = mostUseful(facts);
    if (most === null || !cores || workers.value === null || workers.value <= most.count) return null;
    return {
      at: workers.at,
      message: `${counted(workers.value, 'worker')} on ${counted(cores.value, 'core')}: ${most.why}, about ${plain(most.count)} can be used`,
      fix: `set workers = ${most.count} or fewer`,
      numbers: { workers: workers.value, cores: cores.value, mostUseful: most.count },
    };
  },
};

function mostUseful({
  question,
  times: given,
  cores,
  kind: { value: kind },
}: Facts): { readonly count: number; readonly why: string } | null {
  if (!cores || kind === null) return null;
  const isSync = kind.concurrency === 'one';
  const times = question.ioKnown ? given : null;
  if (isSync && times && times.cpuMs > 0)
    return {
      count: ceilSafely((cores.value * times.serviceMs) / times.cpuMs) + 1,
      why: `where a request computes ${percent(times.cpuMs / times.serviceMs)} of its time`,
    };
  if (isSync || (kind.concurrency === 'threads' && !times))
    return {
      count: Math.ceil(MOST_PER_CORE * cores.value) + 1,
      why: `at the usual 2 to ${MOST_PER_CORE} per core`,
    };
  return {
    count: 2 * processesForCores(cores.value) + 1,
    why: `as a ${kind.label} process serves many requests at once`,
  };
}
