import { UsageError } from '../../../host/errors.js';
import { predict } from '../../../model/predict.js';
import { escapeXml, lineSvg } from '../../../output/chart/svg.js';
import { plan } from '../../../plan/plan.js';
import { drawingOf } from '../../../plan/search/curve.js';
import { headline, type PlanResult } from '../../../plan/types.js';
import { resolveProfile } from '../../../profile/resolve.js';
import type { Profile } from '../../../profile/types.js';
import { flagOf } from '../../../text/names.js';
import { latencyChart } from '../../plan/formats/charts.js';
import { configurationFile } from '../../plan/formats/config.js';
import { settled } from '../../plan/formats/settled.js';
import { commandLine } from '../../plan/formats/start.js';
import { answerSections, sentence } from '../../plan/page/html.js';
import { commandOf, parseTyped, type Typed } from './question.js';

/** What the page shows for what was typed. */
export interface Shown {
  /** Problems by input; `''` is the question as a whole. */
  readonly problems: Readonly<Partial<Record<string, string>>>;
  /** Markup of the answer but for its chart, every text in it escaped; null where there is none. */
  readonly html: string | null;
  /** Texts to copy, by their titles. */
  readonly texts: readonly { readonly title: string; readonly text: string }[];
}

/** An answer, and its chart as markup, which takes as long as the answer again and so can follow it; null where there is none. */
export interface Answered {
  readonly shown: Shown;
  chart(): string | null;
}

/** The answer of `wcalc plan` to what was typed: the same library, the same words. */
export function answerTo(typed: Typed): Answered {
  const { values, problems } = parseTyped(typed);
  if (Object.keys(problems).length > 0) return unanswered(problems);
  try {
    const origins = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        { source: 'flag', where: value === false ? offFlag(name) : flagOf(name) } as const,
      ]),
    );
    const profile = resolveProfile(values, origins);
    const result = plan(profile, predict);
    return {
      shown: { problems: {}, html: htmlOf(result), texts: textsOf(result, typed) },
      chart: () => chartOf(result, profile, typed),
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return unanswered({ '': error.message });
  }
}

const unanswered = (problems: Shown['problems']): Answered => ({
  shown: { problems, html: null, texts: [] },
  chart: () => null,
});

/** How a switch is turned off. */
const offFlag = (name: string): string => flagOf(name).replace(/^--/, '--no-');

function htmlOf(result: PlanResult): string {
  const drawn = result.given ?? result.recommendation;
  const head = drawn
    ? `<h2 class="lead">${escapeXml(headline(drawn))}</h2><p>${escapeXml(sentence(drawn))}</p>`
    : '<h2 class="lead bad">No configuration fits</h2>';
  return [head, ...answerSections(result, drawn)].join('\n');
}

function chartOf(result: PlanResult, profile: Profile, typed: Typed): string | null {
  const drawn = result.given ?? result.recommendation;
  if (!drawn) return null;
  const drawing = drawingOf(profile, drawn, predict, commandOf(typed));
  const chart = latencyChart({ ...result, drawing }, drawn);
  return chart
    ? `<section><h2>p95 against the rate</h2><div id="chart">${lineSvg(chart)}</div></section>`
    : null;
}

function textsOf(result: PlanResult, typed: Typed): Shown['texts'] {
  const best = settled(result) ?? result.given;
  const file = best && configurationFile(best, result);
  return [
    { title: 'The command that asks this', text: commandOf(typed) },
    ...(best ? [{ title: 'The server’s command', text: commandLine(best) }] : []),
    ...(file ? [{ title: file.name, text: file.text }] : []),
    { title: 'The answer as JSON', text: JSON.stringify(result, null, 2) },
  ];
}
