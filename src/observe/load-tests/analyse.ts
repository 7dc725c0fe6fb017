import { isSaturated } from './explaining/predicted.js';
import type { AnalysedStep } from './result.js';
import { inFlight, type LoadStep, thinkTimeMs } from './step.js';

/** A longest answer of so many of a user's usual cycles kept that many requests from being sent. */
const HIDDEN_CYCLES = 10;
/** Shares of failed requests above which throughput and times are those of failing. */
const MANY_ERRORS = 0.01;

export const analysed = (step: LoadStep): AnalysedStep => ({
  ...step,
  inFlight: inFlight(step),
  thinkTimeMs: thinkTimeMs(step),
  omitsWaiting: omitsWaiting(step),
  saturated: isSaturated(step),
});

/** A closed generator waits for an answer that takes long, and does not send what would have met the same delay. */
function omitsWaiting({ loop, users, throughputPerSecond, times }: LoadStep): boolean {
  if (loop === 'open' || users === null || times.maxMs === null) return false;
  return times.maxMs > (HIDDEN_CYCLES * 1000 * users) / throughputPerSecond;
}

/** What to know of the steps before their numbers are used. */
export function notesOf(steps: readonly AnalysedStep[]): string[] {
  const notes = steps.flatMap(({ source, notes: own }) => own.map((note) => `${source}: ${note}`));
  const hidden = steps.filter((step) => step.omitsWaiting);
  if (hidden.length > 0)
    notes.push(
      `coordinated omission: in ${sourcesOf(hidden)} a user waited more than ${HIDDEN_CYCLES} usual cycles for one answer and sent nothing meanwhile, so that the percentiles leave out those who would have come; measure with a rate (wrk2 -R, vegeta, k6 constant-arrival-rate)`,
    );
  const failing = steps.filter(({ errorShare }) => (errorShare ?? 0) > MANY_ERRORS);
  if (failing.length > 0)
    notes.push(
      `in ${sourcesOf(failing)} more than 1% of the requests failed; failures are often faster or slower than answers, and their times are among these`,
    );
  const over = steps.filter((step) => step.saturated);
  if (over.length > 0)
    notes.push(
      `${sourcesOf(over)}: the server could not keep up with the rate, so that times grew as long as the test went on; only the throughput is used`,
    );
  return [...new Set(notes)];
}

const SHOWN = 3;

function sourcesOf(steps: readonly LoadStep[]): string {
  const names = steps.slice(0, SHOWN).map(({ source }) => source);
  const more = steps.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
