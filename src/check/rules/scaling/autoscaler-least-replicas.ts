import { counted, perSecond } from '../../../text/sentences.js';
import type { Rule } from '../../rule.js';
import { DOUBT, scaled } from './autoscaled.js';

export const autoscalerLeastReplicas: Rule = {
  severity: 'warning',
  title: 'the fewest replicas do not survive the loss of one',
  summary:
    'with the least replicas of the autoscaler, one that is lost leaves nobody, or too few for the objective',
  why: 'A node is drained and a process dies in quiet hours too. With one replica nobody answers until another has started; of two at their target the other gets twice what it is meant to.',
  fix: 'Raise minReplicas, or lower the target so that those that are left can carry the rest; wcalc fleet names both.',
  source: 'rate at the target × n / (n − 1) for one of n replicas lost',
  check(facts) {
    const found = scaled(facts);
    if (!found) return null;
    const { least, target } = found;
    if (least.value <= 1)
      return {
        at: least.at,
        message:
          least.value === 1
            ? 'one replica is left in quiet hours, and its loss leaves nobody to answer'
            : 'no replica is left in quiet hours, and the first request waits until one has started',
        fix: 'set at least 2',
        numbers: { leastReplicas: least.value },
      };
    if (!target) return null;
    const after = (target.ratePerSecond * least.value) / (least.value - 1);
    // Where the target itself is too high, that is what is to be mended first.
    const most = DOUBT * target.limitPerSecond;
    if (after <= most || target.ratePerSecond > most) return null;
    return {
      at: least.at,
      message: `of ${counted(least.value, 'replica')} at the autoscaler's target the loss of one leaves ${perSecond(after)} to each other, and ${target.objective} holds up to ${perSecond(target.limitPerSecond)}`,
      fix: `set at least ${enough(target)}, or lower the target`,
      numbers: {
        leastReplicas: least.value,
        ratePerReplicaAfterLoss: after,
        limitRatePerReplica: target.limitPerSecond,
      },
    };
  },
};

type Target = NonNullable<NonNullable<ReturnType<typeof scaled>>['target']>;

/** The fewest replicas at the target of which one can be lost. */
const enough = ({ ratePerSecond, limitPerSecond }: Target): number =>
  Math.ceil(1 / (1 - Math.min(0.99, ratePerSecond / limitPerSecond)));
