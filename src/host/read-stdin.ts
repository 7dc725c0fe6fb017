import { SourceError } from './errors.js';
import type { Host } from './host.js';

/** Everything that comes from standard input, as text. Throws a {@link SourceError} where nothing or too much comes. */
export async function readStdin({ stdin }: Pick<Host, 'stdin'>, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of stdin) {
    text += decoder.decode(chunk, { stream: true });
    bytes += chunk.length;
    if (bytes > maxBytes) throw new SourceError(`-: standard input has more than ${maxBytes} bytes`);
  }
  text += decoder.decode();
  if (text.trim() === '') throw new SourceError('-: nothing came from standard input');
  return text;
}
