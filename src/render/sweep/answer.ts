import { RESULTS } from '../../sweep/result.js';
import type { Found } from '../../sweep/types.js';
import { significant } from '../number.js';
import { inputValue } from './input.js';

/** What was found, in one sentence: `p95 ≤ 250 ms holds up to rate 25.9/s`. */
export function answerText({ result, limit, input, holds, value }: Found): string {
  const { unit, lessIsBetter } = RESULTS[result];
  const wish = `${result} ${lessIsBetter ? '≤' : '≥'} ${significant(limit, 6)}${unit && ` ${unit}`}`;
  if (holds === 'everywhere' || holds === 'nowhere')
    return `${wish} holds ${holds} in the range of ${input} that was searched`;
  return `${wish} holds ${holds} ${input} ${inputValue(input, value!)}`;
}
