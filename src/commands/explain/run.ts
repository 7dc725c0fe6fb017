import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import type { Invocation } from '../../input/command.js';
import type { OptionName, Values } from '../../input/options.js';
import { optionOf } from '../../input/value.js';
import { predict } from '../../model/predict.js';
import { type Formats, prepareDelivery } from '../../output/deliver.js';
import { plan } from '../../plan/plan.js';
import type { DerivationStep, PlanResult } from '../../plan/types.js';
import { resolveProfile } from '../../profile/resolve.js';
import type { Profile } from '../../profile/types.js';
import { json } from '../../text/json.js';
import { flagOf } from '../../text/names.js';
import { notice } from '../../text/notice.js';
import { listed } from '../../text/sentences.js';
import type { Topic } from '../../text/topic.js';
import { type Explanation, explanationText, topicList, topicMarkdown } from './formats.js';
import { POOLED_TOPIC, pooledAndSplit } from './topics/pooled.js';
import { STRATEGY_TOPICS, type StrategyTopic } from './topics/strategies.js';
import { TOPICS, topicOf } from './topics.js';

const LIST_FORMATS: Formats<typeof TOPICS> = {
  table: async () => topicList,
  json: async () => json,
  markdown: async () => (topics) => topics.map(topicMarkdown).join('\n\n'),
};

const FORMATS: Formats<Explanation> = {
  table: async () => explanationText,
  json: async () => json,
  markdown: async () => (explanation) =>
    explanation.topics.map(({ topic }) => topicMarkdown(topic)).join('\n\n'),
};

/** `wcalc explain`. */
export async function run(invocation: Invocation, host: Host): Promise<ExitCode> {
  const { positionals, values } = invocation;
  if (positionals.length === 0) {
    await prepareDelivery(LIST_FORMATS, values, host).write(TOPICS);
    return EXIT.done;
  }
  const delivery = prepareDelivery(FORMATS, values, host);
  const topics = positionals.map(topicOf);
  const own = ownPlan(invocation);
  const note = leftOut(invocation);
  if (note !== null) host.stderr.write(notice(`note: ${note}`));
  await delivery.write({
    topics: topics.map((topic) => ({
      topic,
      steps: own ? stepsFor(topic, own) : [],
    })),
    disagreements: pairs(topics.filter((topic) => topic.id in STRATEGY_TOPICS) as StrategyTopic[]).map(
      ([a, b]) => disagreement(a, b),
    ),
  });
  return EXIT.done;
}

interface OwnPlan {
  readonly profile: Profile;
  readonly result: PlanResult;
}

/** The plan that the user's own numbers make; null where they make none. */
function ownPlan({ values, origins, learnt }: Invocation): OwnPlan | null {
  if (missing(values).length > 0) return null;
  const profile = resolveProfile(values, origins, learnt);
  return { profile, result: plan(profile, predict) };
}

/** How the quantities that a topic is about come about in a plan. */
function stepsFor(topic: Topic, { profile, result }: OwnPlan): readonly DerivationStep[] {
  if (topic === POOLED_TOPIC) return pooledAndSplit(profile, result);
  return result.derivation.filter(
    ({ quantity }) => topic.derivedBy?.some((name) => quantity.startsWith(name)) ?? false,
  );
}

/** What a plan needs: the machine, and the memory where the configuration is not given. */
const missing = (values: Values): OptionName[] =>
  (values.workers === undefined ? NEEDED : NEEDED.slice(0, 1)).filter((name) => values[name] === undefined);

const NEEDED = ['cores', 'mem', 'perWorker'] as const satisfies readonly OptionName[];

/** Numbers that were typed and could not be put in, for want of others; those of a file or variable are for other commands. */
function leftOut({ values, origins }: Invocation): string | null {
  const typed = Object.entries(origins).some(([name, { source }]) => source === 'flag' && isNumber(name));
  const needed = missing(values).map(flagOf);
  return typed && needed.length > 0
    ? `to put in your numbers, ${listed(needed)} ${needed.length > 1 ? 'are' : 'is'} needed too`
    : null;
}

const isNumber = (name: string): boolean =>
  optionOf(name as OptionName).group !== 'Output' && name !== 'config';

function pairs<T>(items: readonly T[]): (readonly [T, T])[] {
  return items.flatMap((one, n) => items.slice(n + 1).map((other) => [one, other] as const));
}

/** Why two strategies give different numbers: they ask different questions of different inputs. */
function disagreement(one: StrategyTopic, other: StrategyTopic): string {
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
