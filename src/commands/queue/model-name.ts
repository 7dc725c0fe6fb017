import { UsageError } from '../../host/errors.js';
import { lookUp } from '../../text/lookup.js';
import { nearest } from '../../text/suggest.js';
import type { Model } from './model.js';
import { MODELS } from './models.js';

export const CLOSED = 'closed';

/** A model as it was named, with the numbers that stood in the name: `M/M/4` is M/M/c with four servers. */
export interface NamedModel {
  readonly model: Model | typeof CLOSED;
  readonly servers?: number;
  readonly capacity?: number;
  readonly population?: number;
}

/**
 * Recognises a model by its Kendall name, whatever its case, with numbers in the places of c, K and N: `m/m/c/k`,
 * `M/M/2/10`, `M/M/c//N`.
 */
export function modelNamed(text: string): NamedModel {
  const typed = text.trim().toLowerCase();
  if (typed === CLOSED) return { model: CLOSED };
  const exact = MODELS.find(({ name }) => name.toLowerCase() === typed);
  if (exact) return { model: exact };
  const [arrivals = '', service = '', servers = '', capacity, population, ...rest] = typed
    .replace(/\/(∞|inf|infinity)(?=\/|$)/g, '/')
    .split('/');
  const numbers = [servers, capacity, population].map((part) =>
    part !== undefined && /^[1-9]\d{0,14}$/.test(part) ? Number(part) : undefined,
  );
  const places = [servers, capacity, population].map((part, place) =>
    numbers[place] === undefined ? part : PLACES[place],
  );
  const general = [arrivals, service, ...places.filter((part) => part !== undefined)].join('/');
  const model = MODELS.find(({ name }) => name.toLowerCase() === (lookUp(ALIASES, general) ?? general));
  if (!model || rest.length > 0) throw unknown(text, typed);
  const [c, k, n] = numbers;
  return {
    model,
    ...(c !== undefined && { servers: c }),
    ...(k !== undefined && { capacity: k }),
    ...(n !== undefined && { population: n }),
  };
}

const PLACES = ['c', 'k', 'n'] as const;

/** Other names in use. */
const ALIASES: Readonly<Record<string, string>> = {
  'g/m/c': 'gi/m/c',
  'gi/g/c': 'g/g/c',
  'gi/gi/c': 'g/g/c',
};

function unknown(text: string, typed: string): UsageError {
  const names = [...MODELS.map(({ name }) => name), CLOSED];
  const letters = (name: string) => name.toLowerCase().replaceAll('/', '').replace(/\d/, 'c');
  const near = nearest(typed, names) ?? names.find((name) => letters(name) === letters(typed));
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  return new UsageError(`"${text}" is not a model${hint}; known are ${names.join(', ')}`);
}
