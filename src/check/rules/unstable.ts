import { percent, perSecond } from '../../text/sentences.js';
import type { Rule } from '../rule.js';
import { tooFewSlots } from './too-few-slots.js';

export const unstable: Rule = {
  severity: 'error',
  title: 'overloaded',
  summary: 'the rate is above what the cores or the interpreter locks can do',
  why: 'At or above its capacity a server never catches up: the queue and every response time grow without end.',
  fix: 'Give more cores, more processes where each is held by its interpreter lock, or more replicas; or take CPU time out of a request.',
  source:
    'utilisation ≥ 1 of cores (rate × CPU time / cores) or of interpreter locks (rate × CPU time / workers)',
  check(facts) {
    const { prediction, question, workers } = facts;
    const rate = question.workload?.ratePerSecond ?? null;
    if (prediction?.stable !== false || rate === null || tooFewSlots.check(facts) !== null) return null;
    const { capacityPerSecond } = prediction;
    return {
      at: workers.at,
      message: `${perSecond(rate)} come in and at most ${perSecond(capacityPerSecond)} can be served: ${percent(rate / capacityPerSecond)} of the capacity`,
      fix: 'add cores or replicas, and processes if there are fewer than cores',
      numbers: { ratePerSecond: rate, capacityPerSecond },
    };
  },
};
