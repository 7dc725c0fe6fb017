import { counted } from '../../../text/sentences.js';
import type { Rule } from '../../rule.js';
import { leastCopies } from './autoscaled.js';

export const budgetBlocksDrains: Rule = {
  severity: 'warning',
  title: 'the disruption budget blocks every drain',
  summary: 'a PodDisruptionBudget does not let a single replica be evicted',
  why: 'A node that is to be drained waits for this budget without end: upgrades of the cluster stop, and whoever is in a hurry deletes the pod past all budgets.',
  fix: 'Let one replica go (maxUnavailable: 1), and run so many that the others carry the rate.',
  source: 'kubernetes.io, Specifying a Disruption Budget for your Application',
  check(facts) {
    const { budget } = facts.deployment.copies;
    const replicas = leastCopies(facts);
    if (!budget || replicas === null || replicas < 1 || budget.evictable(replicas) > 0) return null;
    return {
      at: budget.at,
      message: `${budget.setting} lets none of ${counted(replicas, 'replica')} be evicted`,
      fix: replicas > 1 ? 'set maxUnavailable: 1' : 'run 2 replicas or more, and set maxUnavailable: 1',
      numbers: { replicas, evictable: 0 },
    };
  },
};
