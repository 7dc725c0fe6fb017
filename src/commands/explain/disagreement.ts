import type { StrategyTopic } from './topics/strategies.js';

/** Why two strategies give different numbers: they ask different questions of different inputs. */
export function disagreement(one: StrategyTopic, other: StrategyTopic): string {
  return [
    `${one.id} asks ${one.asks}; it leaves out ${one.ignores}.`,
    `${other.id} asks ${other.asks}; it leaves out ${other.ignores}.`,
    verdict(one.id, other.id),
  ].join(' ');
}

/** What to make of a pair: a ceiling always binds, a least number must be exceeded, a model beats a rule. */
function verdict(one: StrategyTopic['id'], other: StrategyTopic['id']): string {
  const pair = [one, other];
  if (pair.includes('memory-bound'))
    return 'The memory bound is a ceiling: when the other gives more, memory binds; when it gives less, memory is left over.';
  if (pair.includes('queueing'))
    return 'With a rate and an objective the queueing model decides; the other is a rule that shows how far from it rules of thumb are.';
  if (pair.includes('little') && pair.includes('square-root'))
    return 'Square-root staffing is Little’s law plus a margin for chance: the difference is the price of rare waiting.';
  if (pair.includes('little'))
    return 'Little’s law answers for the given rate, the other for fully busy cores: whichever is larger at your rate says whether load or cores are the limit.';
  if (pair.includes('square-root'))
    return 'Square-root staffing answers for the given rate, the other for fully busy cores.';
  return 'They agree when a request waits as long as it computes, but for the one that the rule adds; the more it waits, the further cores × (1 + wait/compute) goes beyond the rule.';
}
