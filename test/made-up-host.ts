import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { SourceError } from '../src/host/errors.js';
import type { Host, HttpAnswer } from '../src/host/host.js';

export interface MadeUp {
  readonly host: Host;
  readonly out: () => string;
  readonly err: () => string;
}

export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  /** Texts of files by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** What comes in on stdin, chunk by chunk. */
  readonly stdin?: readonly (string | Uint8Array)[];
  /** What a server on the network answers. */
  readonly answer?: (url: string) => HttpAnswer | Promise<HttpAnswer>;
  readonly terminal?: boolean;
  readonly columns?: number;
}

/** A host without a process: arguments in, texts out, files in memory. */
export function madeUpHost(argv: readonly string[], circumstances: Circumstances = {}): MadeUp {
  const out: string[] = [];
  const err: string[] = [];
  const files = new Map(Object.entries(circumstances.files ?? {}));
  const bytes = (path: string): Uint8Array => {
    const text = files.get(path);
    if (text === undefined) throw new SourceError(`${path}: cannot read (there is no such file)`);
    return new TextEncoder().encode(text);
  };
  const sink = (texts: string[]) => ({
    write: (text: string) => void texts.push(text),
    isTerminal: circumstances.terminal ?? false,
    columns: circumstances.columns,
  });
  let clock = 0;
  const host: Host = {
    argv,
    env: circumstances.env ?? {},
    cwd: '/somewhere',
    stdout: sink(out),
    stderr: sink(err),
    stdin: (async function* () {
      for (const chunk of circumstances.stdin ?? [])
        yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    })(),
    files: {
      readBytes: bytes,
      readText(path, maxBytes = 1 << 26) {
        const read = bytes(path);
        if (read.length > maxBytes)
          throw new SourceError(`${path}: has ${read.length} bytes; at most ${maxBytes} are read`);
        return new TextDecoder().decode(read);
      },
      async *stream(path) {
        yield bytes(path);
      },
      status: (path) => (files.has(path) ? { kind: 'file', bytes: bytes(path).length } : null),
      list: () => [...files.keys()].sort(),
      readLink: () => null,
      realPath: (path) => posix.resolve('/somewhere', path),
      writeText: (path, text) => void files.set(path, text),
    },
    asset: (name) => readFileSync(new URL(`../dist/assets/${name}`, import.meta.url), 'utf8'),
    hardwareThreads: 4,
    machineName: 'machine',
    now: () => clock++,
    wallClock: () => 0,
    sleep: async () => {},
    ask: async ({ url }) => circumstances.answer?.(url) ?? { status: 404, location: null, text: '' },
    onInterrupt: () => () => {},
  };
  return { host, out: () => out.join(''), err: () => err.join('') };
}
