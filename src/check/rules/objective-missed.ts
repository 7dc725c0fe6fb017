import { metricOf, shareOfCapacity } from '../../plan/search/judge.js';
import type { Violation } from '../../servers/rule.js';
import { milliseconds, percent } from '../../text/sentences.js';
import type { Rule } from '../rule.js';

export const objectiveMissed: Rule = {
  severity: 'error',
  title: 'objective missed',
  summary: 'a predicted response time, or the probability of queueing, is above the objective',
  why: 'The settings keep up with the rate, but requests wait longer than was promised.',
  fix: 'See what wcalc plan recommends for the same numbers: usually more slots, one shared queue, or more cores.',
  source: 'the model of the worker class, as in wcalc plan',
  check({ prediction, question, workers }) {
    if (!prediction || prediction.stable === false || (question.workload?.ratePerSecond ?? null) === null)
      return [];
    const { limits, maxUtilization } = question.objective;
    const violations: Violation[] = [];
    for (const { text, metric, limit } of limits) {
      const value = metricOf(prediction, metric);
      if (value === null || value < limit) continue;
      const shown = metric === 'wait' ? percent(value) : milliseconds(value);
      violations.push({
        at: workers.at,
        message: `the predicted ${metric === 'wait' ? 'probability of queueing' : metric} is ${shown}, and the objective is ${text}`,
        fix: 'run wcalc plan with the same numbers for settings that meet it',
        numbers: { objective: text, [metric === 'wait' ? 'waitProbability' : `${metric}Ms`]: value, limit },
      });
    }
    const used = shareOfCapacity(prediction, question.workload!.ratePerSecond);
    if (maxUtilization !== null && used !== null && used > maxUtilization * (1 + 1e-9))
      violations.push({
        at: workers.at,
        message: `the rate takes ${percent(used)} of the capacity, and at most ${percent(maxUtilization)} are wanted`,
        fix: 'run wcalc plan with the same numbers for settings that stay below it',
        numbers: { utilization: used, limit: maxUtilization },
      });
    return violations;
  },
};
