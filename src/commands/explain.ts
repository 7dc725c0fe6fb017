import { EXIT, type ExitCode } from '../exit.js';
import { disagreement } from '../explain/disagreement.js';
import { STRATEGY_TOPICS, type StrategyTopic } from '../explain/topics/strategies.js';
import { TOPICS, topicOf } from '../explain/topics.js';
import type { Host } from '../host.js';
import { predict } from '../model/predict.js';
import { plan } from '../plan/plan.js';
import type { DerivationStep } from '../plan/types.js';
import { resolveProfile } from '../profile/resolve.js';
import { type Formats, prepareDelivery } from '../render/deliver.js';
import { type Explanation, explanationText, topicList, topicMarkdown } from '../render/explain.js';
import { json } from '../render/json.js';
import type { Invocation } from './command.js';

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
  const derivation = ownNumbers(invocation);
  await delivery.write({
    topics: topics.map((topic) => ({
      topic,
      steps: derivation.filter(
        ({ quantity }) => topic.derivedBy?.some((name) => quantity.startsWith(name)) ?? false,
      ),
    })),
    disagreements: pairs(topics.filter((topic) => topic.id in STRATEGY_TOPICS) as StrategyTopic[]).map(
      ([a, b]) => disagreement(a, b),
    ),
  });
  return EXIT.done;
}

/** How the quantities of a plan come about from the user's own flags; nothing where none that sizes was given. */
function ownNumbers({ values, origins, learnt }: Invocation): readonly DerivationStep[] {
  if (values.cores === undefined && values.rate === undefined && values.mem === undefined) return [];
  return plan(resolveProfile(values, origins, learnt), predict).derivation;
}

function pairs<T>(items: readonly T[]): (readonly [T, T])[] {
  return items.flatMap((one, n) => items.slice(n + 1).map((other) => [one, other] as const));
}
