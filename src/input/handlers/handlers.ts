import type { HandlerKind } from '../../servers/server.js';
import { STARLETTE_THREADS } from '../../servers/shapes/asgi.js';
import { type OptionType, ValueError } from '../option.js';
import { quoted } from '../quantity/decimal.js';
import { asPercentage, share } from '../quantity/share.js';
import { type HandlerPart, handlerParts } from './parts.js';

/** How an ASGI application's code runs; `threads` is the size of each process's pool. */
export interface Handlers {
  readonly kind: HandlerKind;
  readonly threads: number;
  /** Where some requests run on the loop and others in threads: what is said of each. */
  readonly mix?: { readonly looped: HandlerPart; readonly pooled: HandlerPart };
}

const MOST_THREADS = 1000;

/** `async`, `threads`, `threads:N`, `django`; or two of them with their shares, `async=70%,threads:40=30%`. */
export const handlers: OptionType<Handlers> = {
  name: 'handlers',
  accepts: `async, threads (${STARLETTE_THREADS} in each process), threads:N, django, or shares such as async=70%,threads=30%`,
  choices: ['async', 'threads', 'django'],
  format: ({ kind, threads, mix }) =>
    mix
      ? `async=${asPercentage(mix.looped.share)},${wordOf({ kind: pooledKind(kind), threads })}=${asPercentage(mix.pooled.share)}`
      : wordOf({ kind, threads }),
  parse(typed) {
    if (!typed.includes('=') && !typed.includes(',')) return oneKind(typed.trim(), typed);
    return mixOf(
      typed.split(',').map((part) => partOf(part, typed)),
      typed,
    );
  },
  parseObject: (data) => {
    const parts = handlerParts(data);
    const words = parts.map(({ handlers: word, share: ofAll }) => `${word}=${asPercentage(ofAll)}`).join(',');
    return mixOf(
      parts.map(({ handlers: word, ...part }) => ({ ...part, ...oneKind(word, word) })),
      words,
    );
  },
};

interface Part extends HandlerPart {
  readonly kind: HandlerKind;
  readonly threads: number;
}

const pooledKind = (kind: HandlerKind): HandlerKind => (kind === 'async+django' ? 'django' : 'threads');

const wordOf = ({ kind, threads }: Pick<Handlers, 'kind' | 'threads'>): string =>
  kind === 'threads' && threads !== STARLETTE_THREADS ? `threads:${threads}` : kind;

function oneKind(text: string, typed: string): Pick<Part, 'kind' | 'threads'> {
  if (text === 'async' || text === 'django') return { kind: text, threads: 1 };
  const match = /^threads(?::(\d{1,6}))?$/.exec(text);
  const threads = match ? Number(match[1] ?? STARLETTE_THREADS) : 0;
  if (threads < 1 || threads > MOST_THREADS)
    throw new ValueError(
      `${quoted(typed)} is not known; accepted: ${handlers.accepts}, N from 1 to ${MOST_THREADS}`,
    );
  return { kind: 'threads', threads };
}

/** `threads:40=30%`. */
function partOf(text: string, typed: string): Part {
  const [word = '', ofAll, ...rest] = text.split('=');
  if (ofAll === undefined || rest.length > 0)
    throw new ValueError(
      `${quoted(typed)} must give each kind of handlers its share of the requests, as in async=70%,threads:40=30%`,
    );
  return { ...oneKind(word.trim(), text.trim()), share: share.parse(ofAll) };
}

/** What rounding may leave. */
const ALMOST = 1e-9;

/** The kinds with their shares as one: one that has all requests is that kind, and one that has none is not there. */
function mixOf(parts: readonly Part[], typed: string): Handlers {
  const sum = parts.reduce((all, { share: one }) => all + one, 0);
  if (Math.abs(sum - 1) > ALMOST)
    throw new ValueError(
      `the shares in ${quoted(typed)} add to ${Number((100 * sum).toFixed(7))} %; accepted: shares that add to 100 %, as in async=70%,threads:40=30%`,
    );
  const kinds = parts.map(({ kind }) => kind);
  const twice = kinds.find((kind, n) => kinds.indexOf(kind) < n);
  if (twice)
    throw new ValueError(`${quoted(typed)} names ${twice} twice; give it once, with all of its share`);
  const present = parts.filter((part) => part.share > 0);
  const [looped] = present.filter(({ kind }) => kind === 'async');
  const [pooled, another] = present.filter(({ kind }) => kind !== 'async');
  if (another)
    throw new ValueError(
      `${quoted(typed)} mixes threads and django, which no application does; accepted: async with one of them`,
    );
  if (looped && pooled) {
    const { kind, threads, ...ofPool } = pooled;
    const { kind: _, threads: __, ...ofLoop } = looped;
    return {
      kind: kind === 'django' ? 'async+django' : 'async+threads',
      threads,
      mix: { looped: ofLoop, pooled: ofPool },
    };
  }
  const { kind, threads, ...alone } = (looped ?? pooled)!;
  if (Object.keys(alone).length > 1)
    throw new ValueError(
      `${quoted(typed)} is one kind of handlers for all requests; give its times by cpuTime and ioTime beside it`,
    );
  return { kind, threads };
}
