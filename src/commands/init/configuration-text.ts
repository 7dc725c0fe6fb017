import { printable } from '../../text/printable.js';
import { hashComment } from '../../text/quote/comment.js';
import { wrap } from '../../text/wrap.js';
import type { Line, Subject } from './known.js';

const WIDTH = 100;

const HEAD =
  'Made by wcalc init; wcalc plan, check, fleet and the others read this file where they are run. Lines such as #rate are examples: put your own value in and take the # away.';

/** The configuration file: each known value under where it is from, each other one under how to measure it. */
export const configurationText = (subjects: readonly Subject[]): string =>
  [comment(HEAD), ...subjects.flatMap(paragraph)].map((text) => `${text}\n`).join('\n');

const paragraph = ({ title, lines }: Subject): readonly string[] =>
  lines.length === 0 ? [] : [[comment(`${title}.`), ...lines.flatMap(written)].join('\n')];

const written = ({ name, value, comment: above, isKnown }: Line): readonly string[] => [
  comment(above),
  `${isKnown ? '' : '#'}${name}: ${value}`,
];

const comment = (text: string): string => hashComment(wrap(printable(text), WIDTH - 2).split('\n'));
