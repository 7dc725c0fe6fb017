import type { Option } from '../option.js';
import { count, flag, path, text } from '../types.js';

/** The most columns that text is fitted to. */
const WIDEST = 10_000;

/** The fewest columns that text is fitted to. */
export const NARROWEST = 20;

export const outputOptions = {
  batch: {
    type: path,
    group: 'Input',
    help: 'answer many questions, one JSON object per line; - is stdin',
    flagOnly: true,
  },
  config: {
    type: path,
    group: 'Input',
    help: 'file with the same names as these options',
    fallback: 'wcalc.yaml, wcalc.json',
    flagOnly: true,
  },
  profile: {
    type: path,
    group: 'Input',
    help: 'profile written by wcalc fit or wcalc detect; - is stdin',
    power: 'reads',
  },
  detect: {
    type: flag,
    group: 'Input',
    help: 'take what wcalc detect finds on this machine',
    flagOnly: true,
  },
  json: { type: flag, group: 'Output', help: 'same as --format json' },
  format: { type: text, group: 'Output', help: 'output format', fallback: 'table' },
  output: {
    type: text,
    group: 'Output',
    help: 'write a further format to a file, F=PATH',
    repeatable: true,
    power: 'writes',
  },
  explain: { type: flag, group: 'Output', help: 'show formulas, sources and where each value came from' },
  chart: { type: flag, group: 'Output', help: 'add charts of latency and memory' },
  quiet: { type: flag, group: 'Output', help: 'print the result only' },
  color: { type: flag, group: 'Output', help: 'colour on or off', fallback: 'on a terminal' },
  width: {
    type: count(NARROWEST, WIDEST),
    group: 'Output',
    help: 'columns to fill',
    fallback: "the terminal's, or 80",
  },
} as const satisfies Record<string, Option<unknown>>;
