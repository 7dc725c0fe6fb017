import type { OptionType } from '../option.js';
import { duration } from './duration.js';
import { asPercentage, share } from './share.js';

/** A time in ms, or a share of a longer one. */
export type TimeOrShare =
  | { readonly kind: 'time'; readonly timeMs: number }
  | { readonly kind: 'share'; readonly share: number };

export const timeOrShare: OptionType<TimeOrShare> = {
  name: 'time-or-share',
  accepts: 'ms or a percentage, such as 20, 20ms, 0.1s or 40%',
  format: (value) => (value.kind === 'time' ? duration.format(value.timeMs) : asPercentage(value.share)),
  parse: (text) =>
    text.trim().endsWith('%')
      ? { kind: 'share', share: share.parse(text) }
      : { kind: 'time', timeMs: duration.parse(text) },
};
