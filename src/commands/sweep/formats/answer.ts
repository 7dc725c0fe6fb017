import { significant } from '../../../text/numbers.js';
import { RESULTS } from '../result.js';
import type { Found } from '../types.js';
import { inputValue } from './input.js';

/** What was found, in one sentence: `p95 ≤ 250 ms holds up to rate 25.9/s`. */
export function answerText({ result, limit, input, holds, value }: Found): string {
  const { unit, lessIsBetter } = RESULTS[result];
  const wish = `${result} ${lessIsBetter ? '≤' : '≥'} ${significant(limit, 6)}${unit && ` ${unit}`}`;
  if (holds === 'everywhere' || holds === 'nowhere')
    return `${wish} holds ${holds} in the range of ${input} that was searched`;
  return `${wish} holds ${holds} ${input} ${inputValue(input, value!)}`;
}
