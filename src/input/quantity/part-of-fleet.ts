import { type OptionType, parseOr, ValueError } from '../option.js';
import { quoted } from './decimal.js';
import { count } from './number.js';
import { asPercentage, parseShare } from './share.js';

/** A number of replicas, or a share of all of them. */
export type PartOfFleet =
  | { readonly kind: 'count'; readonly replicas: number }
  | { readonly kind: 'share'; readonly share: number };

const accepts = 'a number of replicas or a percentage of them, such as 1 or 25%';
const wholeOf = (text: string, accepted: string): number =>
  parseOr(count(0), text, () => new ValueError(`must be ${accepted}, got ${quoted(text)}`));

/** As `maxSurge` and `maxUnavailable` of Kubernetes: whole replicas, or a percentage. */
export const partOfFleet: OptionType<PartOfFleet> = {
  name: 'part-of-fleet',
  accepts,
  format: (value) => (value.kind === 'count' ? String(value.replicas) : asPercentage(value.share)),
  parse(text) {
    if (text.trim().endsWith('%')) return { kind: 'share', share: parseShare(text, accepts) };
    return { kind: 'count', replicas: wholeOf(text, accepts) };
  },
};

/** How many replicas, or that a whole zone, may be gone. */
export type Survive = number | 'zone';

const acceptsSurvive = 'zone, or a whole number of replicas, such as 0 or 1';

export const survive: OptionType<Survive> = {
  name: 'survive',
  accepts: acceptsSurvive,
  choices: ['zone'],
  format: String,
  parse: (text) => (text.trim() === 'zone' ? 'zone' : wholeOf(text, acceptsSurvive)),
};
