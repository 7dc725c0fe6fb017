import { counted } from '../../text/sentences.js';
import type { Tally } from './counting/tally.js';
import type { Timeline } from './timeline.js';

const LONG_GAP = 0.5;

/** What is odd about logs and changes what they mean. */
export function oddities(tally: Tally, timeline: Timeline | null): string[] {
  const notes: string[] = [];
  if (tally.backwards)
    notes.push('time stamps go back by more than a second; the order of lines does not matter');
  if (timeline && timeline.longestGapSeconds > Math.max(3600, LONG_GAP * timeline.arrivals.spanSeconds))
    notes.push(
      `${Math.round(timeline.longestGapSeconds / 3600)} h without a request are more than half of the log's span, and lower the mean rate`,
    );
  if (tally.withoutDuration > 0)
    notes.push(
      `${counted(tally.withoutDuration, 'request')} ${tally.withoutDuration === 1 ? 'has' : 'have'} no duration and ${tally.withoutDuration === 1 ? 'is' : 'are'} left out`,
    );
  if (tally.other > 0)
    notes.push(`${counted(tally.other, 'line')} of other kinds ${tally.other === 1 ? 'is' : 'are'} left out`);
  return notes;
}
