import { didYouMean } from '../../text/suggest.js';
import { type OptionType, parseOr, ValueError } from '../option.js';
import { quoted } from './decimal.js';
import { duration, positiveDuration } from './duration.js';
import { parseShare, share } from './share.js';

/**
 * What an objective limits: the mean or a percentile of the response time or of the wait before service, in ms, or the
 * probability of having to wait.
 */
export type Objective =
  | { readonly metric: 'mean'; readonly limitMs: number }
  | { readonly metric: 'meanWait'; readonly limitMs: number }
  | { readonly metric: 'percentile'; readonly percent: number; readonly limitMs: number }
  | { readonly metric: 'percentileWait'; readonly percent: number; readonly limitMs: number }
  | { readonly metric: 'wait'; readonly limit: number };

const accepts = 'an objective such as p95<250ms, mean<100ms, wait<5%, meanWait<50ms or p99Wait<50ms';

const FORM = /^\s*([^\s<>=]+)\s*(<=|≤|<)\s*(.*?)\s*$/;
const PERCENTILE = /^p(\d{1,2}(?:\.\d{1,6})?)(Wait)?$/;

/** An objective: a measure, `<` and its limit. */
export const objective: OptionType<Objective> = {
  name: 'objective',
  accepts,
  parse(text) {
    if (text.trim() === '') throw new ValueError(`is empty; accepted: ${accepts}`);
    const [, measured, , limit] = FORM.exec(text) ?? [];
    if (measured === undefined || limit === undefined)
      throw new ValueError(`${quoted(text)} is not a measure, "<" and a limit; accepted: ${accepts}`);
    if (measured === 'wait') return { metric: 'wait', limit: probability(limit) };
    if (measured === 'mean') return { metric: 'mean', limitMs: time(positiveDuration, measured, limit) };
    if (measured === 'meanWait') return { metric: 'meanWait', limitMs: time(duration, measured, limit) };
    return percentile(text, measured, limit);
  },
  format(value) {
    switch (value.metric) {
      case 'wait':
        return `wait<${share.format(value.limit)}`;
      case 'percentile':
        return `p${value.percent}<${duration.format(value.limitMs)}`;
      case 'percentileWait':
        return `p${value.percent}Wait<${duration.format(value.limitMs)}`;
      default:
        return `${value.metric}<${duration.format(value.limitMs)}`;
    }
  },
};

function percentile(text: string, measured: string, limit: string): Objective {
  const [matched, digits, ofWait] = PERCENTILE.exec(measured) ?? [];
  if (matched === undefined) {
    const hint = didYouMean(measured, ['wait', 'mean', 'meanWait', 'p95', 'p99', 'p95Wait', 'p99Wait']);
    throw new ValueError(
      `${quoted(text)} limits the unknown measure ${quoted(measured)}${hint}; accepted: ${accepts}`,
    );
  }
  const percent = Number(digits);
  if (percent === 0)
    throw new ValueError(`${quoted(text)} must name a percentile above p0; accepted: ${accepts}`);
  return ofWait
    ? { metric: 'percentileWait', percent, limitMs: time(duration, measured, limit) }
    : { metric: 'percentile', percent, limitMs: time(positiveDuration, measured, limit) };
}

const time = (type: OptionType<number>, measured: string, limit: string): number =>
  parseOr(type, limit, (message) => new ValueError(`the limit of ${measured}: ${message}`));

/** `wait` is a probability; a time behind it was most likely meant for the mean wait. */
function probability(limit: string): number {
  if (/(ms|us|µs|s|min|h)$/.test(limit))
    throw new ValueError(
      `wait is the probability of waiting, a share such as 5%, not a time; write meanWait<${limit} to limit the time`,
    );
  return parseShare(limit, 'wait below a share above 0 up to 1, such as wait<5%', false);
}
