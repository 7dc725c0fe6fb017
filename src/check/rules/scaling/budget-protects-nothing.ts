import { counted } from '../../../text/sentences.js';
import type { Rule } from '../../rule.js';
import { leastCopies } from './autoscaled.js';

export const budgetProtectsNothing: Rule = {
  severity: 'warning',
  title: 'the disruption budget allows everything',
  summary: 'a PodDisruptionBudget lets all replicas be evicted at once',
  why: 'The budget is there and does nothing: drains of several nodes may take all replicas at the same moment.',
  fix: 'Let one replica go at a time (maxUnavailable: 1).',
  source: 'kubernetes.io, Specifying a Disruption Budget for your Application',
  check(facts) {
    const { budget } = facts.deployment.copies;
    const replicas = leastCopies(facts);
    // Of a single replica a budget can only allow everything or nothing.
    if (!budget || replicas === null || replicas < 2 || budget.evictable(replicas) < replicas) return null;
    return {
      at: budget.at,
      message: `${budget.setting} lets all of ${counted(replicas, 'replica')} be evicted at once`,
      fix: 'set maxUnavailable: 1',
      numbers: { replicas, evictable: replicas },
    };
  },
};
