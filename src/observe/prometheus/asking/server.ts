import { HttpFailure, SourceError, UsageError } from '../../../host/errors.js';
import type { Host, HttpAnswer } from '../../../host/host.js';
import { grouped } from '../../../text/lookup.js';
import { printable } from '../../../text/printable.js';
import { isData } from '../../data.js';
import { queryRange } from '../formats/query-range.js';
import type { Series } from '../series.js';

/** A Prometheus that can be asked, or what speaks its API (Thanos, Mimir, VictoriaMetrics). */
export interface PrometheusServer {
  readonly address: string;
  /** What a query gives at one time. */
  instant(query: string, atMs: number): Promise<readonly Series[]>;
  /** What a query gives at every step from one time to another, both included. */
  range(query: string, fromMs: number, toMs: number, stepMs: number): Promise<readonly Series[]>;
}

const ONE_ANSWER_MS = 30_000;
const ALL_ANSWERS_MS = 120_000;
const MOST_BYTES = 1 << 27;
/** Prometheus answers with 11,000 points of a series at most. */
const MOST_POINTS = 10_000;

/** Whether a source of --prometheus is an address rather than a file. */
export const isAddress = (source: string): boolean => /^[a-z][a-z\d+.-]*:\/\//i.test(source);

/**
 * The server at an address; it alone is asked, and no redirect followed. The token goes to it in a header, and is taken out of
 * whatever it answers, so that it can stand nowhere else. Throws a UsageError where the address is none.
 */
export function prometheusServer(
  host: Pick<Host, 'ask' | 'now'>,
  typed: string,
  token: string | null,
): PrometheusServer {
  const address = addressOf(typed);
  const begun = host.now();
  const headers = {
    accept: 'application/json',
    'user-agent': 'wcalc',
    ...(token !== null && { authorization: `Bearer ${token}` }),
  };

  async function ask(path: string, parameters: Record<string, string>): Promise<readonly Series[]> {
    const left = ALL_ANSWERS_MS - (host.now() - begun);
    if (left <= 0)
      throw new SourceError(
        `${address}: took more than ${ALL_ANSWERS_MS / 1000} s for all answers; give a shorter --since or a longer --step`,
      );
    const url = `${address}/api/v1/${path}?${new URLSearchParams(parameters)}`;
    const answer = await host
      .ask({ url, headers, withinMs: Math.min(ONE_ANSWER_MS, left), maxBytes: MOST_BYTES })
      .catch((error) => {
        if (!(error instanceof HttpFailure)) throw error;
        throw new SourceError(
          `${address}: ${error.message}; give the address of a Prometheus, or a shorter --since`,
        );
      });
    return seriesIn(withoutToken(answer, token), address);
  }

  return {
    address,
    instant: (query, atMs) => ask('query', { query, time: seconds(atMs) }),
    async range(query, fromMs, toMs, stepMs) {
      const parts: Series[] = [];
      for (let from = fromMs; from <= toMs; from += MOST_POINTS * stepMs) {
        const to = Math.min(toMs, from + (MOST_POINTS - 1) * stepMs);
        const times = { start: seconds(from), end: seconds(to), step: seconds(stepMs) };
        parts.push(...(await ask('query_range', { query, ...times })));
      }
      return fromMs + MOST_POINTS * stepMs > toMs ? parts : joinedInTime(parts);
    },
  };
}

const seconds = (ms: number): string => String(ms / 1000);

function addressOf(typed: string): string {
  const wrong = (what: string): UsageError =>
    new UsageError(
      `--prometheus: ${what}; accepted: an address such as http://prometheus:9090, or a file's name`,
    );
  if (!URL.canParse(typed)) throw wrong(`"${typed}" is no address`);
  const { protocol, username, password, search, hash, host, pathname } = new URL(typed);
  if (protocol !== 'http:' && protocol !== 'https:')
    throw wrong(`${protocol}// is not spoken, only http and https`);
  if (username !== '' || password !== '')
    throw wrong(
      'the address holds a user or password, which others can see on a command line; give a token with --token-file or WCALC_PROMETHEUS_TOKEN',
    );
  if (search !== '' || hash !== '') throw wrong('the address has something behind its path');
  return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`;
}

function withoutToken({ status, location, text }: HttpAnswer, token: string | null): HttpAnswer {
  const clean = (from: string) => (token === null ? from : from.replaceAll(token, '[token]'));
  return { status, location: location === null ? null : clean(location), text: clean(text) };
}

function seriesIn({ status, location, text }: HttpAnswer, address: string): readonly Series[] {
  const data = jsonOf(text);
  if (status >= 300 && status < 400)
    throw new SourceError(
      `${address}: redirects to ${printable((location ?? 'nowhere').slice(0, 200))}, which is not followed; give that address if it is the Prometheus`,
    );
  if (status === 401 || status === 403)
    throw new SourceError(
      `${address}: refuses to answer (HTTP ${status}); give its token with --token-file or WCALC_PROMETHEUS_TOKEN`,
    );
  if (isData(data) && data.status === 'error')
    throw new SourceError(
      `${address}: cannot answer: ${printable(String(data.error).slice(0, 300))}; correct the query, or give a shorter --since`,
    );
  if (status !== 200 || data === undefined)
    throw new SourceError(
      `${address}: gives no answer of Prometheus's API (HTTP ${status}${status === 200 ? ', but no JSON' : ''}); give the address of a Prometheus, with its path if it has one`,
    );
  return queryRange.read(data, address);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Series of one stretch of time after the other, put together by name and labels. */
function joinedInTime(parts: readonly Series[]): readonly Series[] {
  const joined = grouped(parts, ({ name, labels }) => JSON.stringify([name, ...[...labels].sort()]));
  return [...joined.values()].map((own) => ({
    ...own[0]!,
    times: own.flatMap(({ times }) => times),
    values: own.flatMap(({ values }) => values),
    ...(own.some(({ histograms }) => histograms) && {
      histograms: own.flatMap(({ histograms }) => histograms ?? []),
    }),
  }));
}
