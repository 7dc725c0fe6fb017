import {
  createReadStream,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SourceError } from './errors.js';
import type { FileAccess, Host, TextSink } from './host.js';

/** Streams are opened when first used: opening one that a run does not need costs start-up time. */
const sink = (open: () => NodeJS.WriteStream): TextSink => ({
  write: (text) => void open().write(text),
  async drained() {
    const stream = open();
    if (!stream.writableNeedDrain) return;
    await new Promise<void>((resume) => {
      const done = () => {
        stream.off('drain', done);
        stream.off('close', done);
        resume();
      };
      stream.on('drain', done);
      stream.on('close', done);
    });
  },
  get isTerminal() {
    return Boolean(open().isTTY);
  },
  get columns() {
    return open().columns;
  },
});

/** The real process as a {@link Host}. */
export function nodeHost(): Host {
  const cwd = process.cwd();
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd,
    stdout: sink(() => process.stdout),
    stderr: sink(() => process.stderr),
    get stdin() {
      return process.stdin;
    },
    files: nodeFiles(cwd),
    asset: (name) => readFileSync(fileURLToPath(new URL(`./assets/${name}`, import.meta.url)), 'utf8'),
    get hardwareThreads() {
      return availableParallelism();
    },
    now: () => performance.now(),
    wallClock: () => Date.now(),
    sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    onInterrupt(listener) {
      process.on('SIGINT', listener);
      return () => process.off('SIGINT', listener);
    },
  };
}

const MAX_TEXT_BYTES = 64 * 1024 * 1024;

function nodeFiles(cwd: string): FileAccess {
  const at = (path: string) => resolve(cwd, path);
  const guarded = <T>(path: string, does: string, act: () => T): T => {
    try {
      return act();
    } catch (error) {
      if (error instanceof SourceError) throw error;
      throw new SourceError(`${path}: cannot ${does} (${reason(error, does)})`);
    }
  };
  const readBytes = (path: string, maxBytes = MAX_TEXT_BYTES) =>
    guarded(path, 'read', () => {
      const { size } = statSync(at(path));
      if (size > maxBytes) throw new SourceError(`${path}: has ${size} bytes; at most ${maxBytes} are read`);
      const bytes = readFileSync(at(path));
      if (bytes.length > maxBytes)
        throw new SourceError(`${path}: has ${bytes.length} bytes; at most ${maxBytes} are read`);
      return bytes;
    });
  return {
    readBytes,
    readText: (path, maxBytes) => readBytes(path, maxBytes).toString('utf8'),
    async *stream(path) {
      try {
        yield* createReadStream(at(path), { highWaterMark: 1 << 20 });
      } catch (error) {
        throw new SourceError(`${path}: cannot read (${reason(error)})`);
      }
    },
    status(path) {
      try {
        const found = statSync(at(path));
        return {
          kind: found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other',
          bytes: found.size,
        };
      } catch {
        return null;
      }
    },
    list: (path) => guarded(path, 'list', () => readdirSync(at(path)).sort()),
    readLink(path) {
      try {
        return readlinkSync(at(path));
      } catch {
        return null;
      }
    },
    writeText: (path, text) =>
      guarded(path, 'write', () => {
        const target = at(path);
        const beside = `${target}.${process.pid}-${performance.now()}.tmp`;
        try {
          writeFileSync(beside, text);
          renameSync(beside, target);
        } finally {
          rmSync(beside, { force: true });
        }
      }),
  };
}

function reason(error: unknown, does = 'read'): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return `there is no such ${does === 'write' ? 'folder' : 'file'}`;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EISDIR') return 'it is a directory';
  return code ?? String(error);
}
