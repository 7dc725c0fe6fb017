import { percent, perSecond } from '../../../text/sentences.js';
import type { Rule } from '../../rule.js';
import { DOUBT, scaled } from './autoscaled.js';

export const autoscalerTargetTooHigh: Rule = {
  severity: 'warning',
  title: "the autoscaler's target is above what the objective allows",
  summary: 'at the CPU target a replica is already too busy for the objective',
  why: 'An autoscaler holds replicas at its target, and changes nothing within a tenth of it. Where the objective is missed below the target, it is missed all day, and nothing scales.',
  fix: 'Lower the target; wcalc fleet names one that also leaves room for growth and a lost replica. Where requests mostly wait, scale on requests in flight.',
  source: 'rate at the target = target × requested cores / CPU time of a request',
  check(facts) {
    const { target } = scaled(facts) ?? {};
    if (!target || target.ratePerSecond <= DOUBT * target.limitPerSecond) return null;
    const most = Math.floor((100 * target.share * target.limitPerSecond) / target.ratePerSecond);
    return {
      at: target.at,
      message: `at ${percent(target.share)} of its CPU request a replica gets ${perSecond(target.ratePerSecond)}, and ${target.objective} holds up to ${perSecond(target.limitPerSecond)}`,
      fix: `set the target to ${Math.max(1, most)} or less`,
      numbers: {
        targetPercent: 100 * target.share,
        ratePerReplicaAtTarget: target.ratePerSecond,
        limitRatePerReplica: target.limitPerSecond,
      },
    };
  },
};
