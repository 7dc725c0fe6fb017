import { STARLETTE_THREADS } from '../../servers/shapes/asgi.js';
import { type OptionType, ValueError } from '../option.js';
import { quoted } from './decimal.js';

/** How an ASGI application's code runs; `threads` is the size of each process's pool. */
export interface Handlers {
  readonly kind: 'async' | 'threads' | 'django';
  readonly threads: number;
}

const MOST_THREADS = 1000;

/** `async`, `threads`, `threads:N`, `django`. */
export const handlers: OptionType<Handlers> = {
  name: 'handlers',
  accepts: `async, threads (${STARLETTE_THREADS} in each process), threads:N, django`,
  choices: ['async', 'threads', 'django'],
  format: ({ kind, threads }) =>
    kind === 'threads' && threads !== STARLETTE_THREADS ? `threads:${threads}` : kind,
  parse(typed) {
    const text = typed.trim();
    if (text === 'async' || text === 'django') return { kind: text, threads: 1 };
    const match = /^threads(?::(\d{1,6}))?$/.exec(text);
    const threads = match ? Number(match[1] ?? STARLETTE_THREADS) : 0;
    if (threads < 1 || threads > MOST_THREADS)
      throw new ValueError(
        `${quoted(typed)} is not known; accepted: ${this.accepts}, N from 1 to ${MOST_THREADS}`,
      );
    return { kind: 'threads', threads };
  },
};
