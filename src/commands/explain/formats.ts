import type { RenderContext } from '../../output/deliver.js';
import { escapeCell } from '../../output/markdown.js';
import type { DerivationStep } from '../../plan/types.js';
import { significant } from '../../text/numbers.js';
import { capital, type Topic, type TopicKind } from '../../text/topic.js';
import { labelled, wrap } from '../../text/wrap.js';

/** What `explain` answers with: one topic or several, each with the user's own numbers where there are any. */
export interface Explanation {
  readonly topics: readonly { readonly topic: Topic; readonly steps: readonly DerivationStep[] }[];
  /** Why the named strategies disagree. */
  readonly disagreements: readonly string[];
}

const KINDS: Readonly<Record<TopicKind, string>> = {
  strategy: 'Strategies',
  bound: 'What can bind',
  class: 'Worker classes',
  server: 'Servers',
  measure: 'Numbers',
  formula: 'Formulas',
  model: 'Models',
  'rule elsewhere': 'Rules elsewhere',
  'check rule': 'Check rules',
  warning: 'Warnings',
};

/** All topics by kind, a line each. */
export function topicList(
  topics: readonly Topic[],
  { style, width }: Pick<RenderContext, 'style' | 'width'>,
): string {
  const wide = Math.max(...topics.map((topic) => topic.id.length));
  const sections = Object.entries(KINDS).flatMap(([kind, title]) => {
    const lines = topics
      .filter((topic) => topic.kind === kind)
      .map((topic) =>
        labelled(topic.id, topic.title, { width, column: wide + 4, indent: 2, mark: style.accent }),
      );
    return lines.length > 0 ? [`${style.strong(title)}\n${lines.join('\n')}`] : [];
  });
  const more = 'wcalc explain TOPIC says more; with --cores, --mem and the rest it puts in your numbers.';
  return `${sections.join('\n\n')}\n\n${wrap(more, width)}`;
}

export function explanationText({ topics, disagreements }: Explanation, context: RenderContext): string {
  const parts = topics.map(({ topic, steps }) => topicText(topic, steps, context));
  if (disagreements.length > 0) {
    parts.push(
      `${context.style.strong('Why they disagree')}\n${disagreements.map((text) => `  ${wrap(text, context.width, '  ')}`).join('\n')}`,
    );
  }
  return parts.join('\n\n');
}

function topicText(topic: Topic, steps: readonly DerivationStep[], { style, width }: RenderContext): string {
  const lines = [style.strong(wrap(topic.title, width)), wrap(topic.what, width)];
  const field = (name: string, text: string) =>
    lines.push(labelled(name, text, { width, column: FIELD + 3, indent: 2, mark: style.faint }));
  if (topic.formula) field('formula', topic.formula);
  for (const step of steps) {
    const value = typeof step.value === 'number' ? significant(step.value, 6) : step.value;
    field('yours', `${step.quantity} = ${step.substituted} = ${value}`);
  }
  for (const name of PARTS) if (topic[name]) field(name, topic[name]);
  field('source', topic.source);
  if (topic.seeAlso && topic.seeAlso.length > 0) field('see also', topic.seeAlso.join(', '));
  return lines.join('\n');
}

const FIELD = 8;

/** What is said of a topic after its formula, in this order. */
const PARTS = ['holds', 'fails', 'why', 'fix'] as const;

/** A topic as Markdown, for the docs. */
export function topicMarkdown(topic: Topic): string {
  const lines = [`### \`${topic.id}\`: ${escaped(topic.title)}`, '', escaped(topic.what), ''];
  if (topic.formula) lines.push('```text', topic.formula, '```', '');
  for (const name of PARTS) {
    if (topic[name]) lines.push(`- **${capital(name)}:** ${escaped(topic[name])}`);
  }
  lines.push(`- **Source:** ${escaped(topic.source)}`);
  return lines.join('\n');
}

/** Text as Markdown shows it, with what stands in backticks as code. */
const escaped = (text: string): string =>
  text
    .split(/(`[^`]+`)/)
    .map((part, n) => (n % 2 === 1 ? part : escapeCell(part)))
    .join('');
