import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { HttpFailure } from './errors.js';
import type { HttpAnswer, HttpQuestion } from './host.js';

/** Asks by GET over HTTP or HTTPS. The network's modules are loaded by the first question. */
export function askByHttp({ url, headers, withinMs, maxBytes }: HttpQuestion): Promise<HttpAnswer> {
  const { request } = process.getBuiltinModule(url.startsWith('https:') ? 'node:https' : 'node:http');
  const options: RequestOptions = { headers, agent: false, signal: AbortSignal.timeout(withinMs) };
  return new Promise((answer, fail) => {
    const failed = (error: NodeJS.ErrnoException): void => fail(new HttpFailure(reasonOf(error, withinMs)));
    const asked: ClientRequest = request(url, options, (response) =>
      bodyOf(response, maxBytes).then(
        (text) =>
          answer({ status: response.statusCode ?? 0, location: response.headers.location ?? null, text }),
        (error) => {
          asked.destroy();
          failed(error);
        },
      ),
    );
    asked.on('error', failed);
    asked.end();
  });
}

async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new HttpFailure(`answers with more than ${maxBytes} bytes`);
    pieces.push(piece);
  }
  if (!response.complete) throw new HttpFailure('broke off in the middle of its answer');
  return Buffer.concat(pieces).toString('utf8');
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'takes no connection (nothing listens there)',
  ENOTFOUND: 'has a name that is not known',
  EAI_AGAIN: 'has a name that cannot be looked up now',
  ECONNRESET: 'broke the connection off',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  ETIMEDOUT: 'cannot be reached in time',
};

function reasonOf(error: NodeJS.ErrnoException, withinMs: number): string {
  if (error instanceof HttpFailure) return error.message;
  if (error.name === 'TimeoutError' || error.name === 'AbortError')
    return `gave no whole answer within ${Math.round(withinMs / 1000)} s`;
  return REASONS[error.code ?? ''] ?? `gives no answer of HTTP (${error.code ?? error.message})`;
}
