import { listed } from '../../text/sentences.js';
import { didYouMean } from '../../text/suggest.js';
import { type OptionType, parseOr, ValueError } from '../option.js';
import { duration } from '../quantity/duration.js';
import { number } from '../quantity/number.js';
import { share } from '../quantity/share.js';

/** The requests whose code runs in one way: their share of all, and what they do where that is their own. Times in ms. */
export interface HandlerPart {
  readonly share: number;
  readonly cpuTime?: number;
  readonly ioTime?: number;
  readonly cpuCv?: number;
  readonly ioCv?: number;
}

const KEYS = {
  share,
  cpuTime: duration,
  ioTime: duration,
  cpuCv: number,
  ioCv: number,
} as const satisfies Record<keyof HandlerPart, OptionType<number>>;

const NAMES = ['handlers', ...Object.keys(KEYS)];
const EXAMPLE = '[{"handlers":"async","share":"70%","cpuTime":5},{"handlers":"threads:40","share":"30%"}]';

/** Handlers as a document lists them: a list of parts, each with its kind, its share, and times of its own. */
export function handlerParts(data: object): readonly (HandlerPart & { readonly handlers: string })[] {
  if (!Array.isArray(data) || data.length === 0)
    throw new ValueError(`takes a text such as async, or a list such as ${EXAMPLE}`);
  return data.map((part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part))
      throw new ValueError(`each part must be an object, as in ${EXAMPLE}`);
    return partOf(part);
  });
}

function partOf(data: object): HandlerPart & { readonly handlers: string } {
  const unknown = Object.keys(data).find((key) => !NAMES.includes(key));
  if (unknown !== undefined)
    throw new ValueError(
      `a part has an unknown key ${JSON.stringify(unknown)}${didYouMean(unknown, NAMES)}; accepted: ${listed(NAMES, 'and')}`,
    );
  const { handlers, ...rest } = data as Record<string, unknown>;
  if (typeof handlers !== 'string') throw new ValueError(`each part needs its handlers, as in ${EXAMPLE}`);
  if (rest.share === undefined || rest.share === null)
    throw new ValueError(`each part needs its share of the requests, as in ${EXAMPLE}`);
  const read = Object.entries(rest).filter(([, value]) => value !== null);
  return {
    handlers,
    ...(Object.fromEntries(
      read.map(([key, value]) => [key, numberOf(key as keyof HandlerPart, value)]),
    ) as unknown as HandlerPart),
  };
}

function numberOf(key: keyof HandlerPart, value: unknown): number {
  const type = KEYS[key];
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new ValueError(`${key} takes ${type.accepts}`);
  return parseOr(type, String(value), (message) => new ValueError(`${key}: ${message}`));
}
