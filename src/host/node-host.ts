import {
  closeSync,
  createReadStream,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { embedded } from './embedded.js';
import { SourceError } from './errors.js';
import { EXIT } from './exit.js';
import type { BytesOfFile, FileAccess, Host, TextSink } from './host.js';
import { askByHttp } from './http.js';

/**
 * Standard output or error. Texts are written to the descriptor at once; the process's stream, which takes a millisecond
 * to open, is opened only where the descriptor would not take all, or where it may be a terminal.
 */
function sink(descriptor: 1 | 2): TextSink {
  let stream: NodeJS.WriteStream | undefined;
  const failed = descriptor === 1 ? quitWhereNobodyReads : () => undefined;
  const open = (): NodeJS.WriteStream => {
    if (!stream) {
      stream = descriptor === 1 ? process.stdout : process.stderr;
      stream.on('error', failed);
    }
    return stream;
  };
  const mayBeTerminal = (): boolean => {
    try {
      const target = fstatSync(descriptor);
      // What goes nowhere is a character device too.
      return (
        target.isCharacterDevice() && target.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev
      );
    } catch {
      return false;
    }
  };
  return {
    write(text) {
      if (stream) stream.write(text);
      else {
        const rest = writtenAtOnce(descriptor, text, failed);
        if (rest.length > 0) open().write(rest);
      }
    },
    async drained() {
      if (!stream?.writableNeedDrain) return;
      const waiting = stream;
      await new Promise<void>((resume) => {
        const done = () => {
          waiting.off('drain', done);
          waiting.off('close', done);
          resume();
        };
        waiting.on('drain', done);
        waiting.on('close', done);
      });
    },
    get isTerminal() {
      return mayBeTerminal() && Boolean(open().isTTY);
    },
    get columns() {
      return mayBeTerminal() ? open().columns : undefined;
    },
  };
}

/** Writes as much as the descriptor takes without waiting; returns the rest. */
function writtenAtOnce(
  descriptor: number,
  text: string,
  failed: (error: NodeJS.ErrnoException) => void,
): Buffer {
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return rest;
    failed(error as NodeJS.ErrnoException);
    return Buffer.alloc(0);
  }
  return rest;
}

/**
 * A reader that stopped reading, such as `head`, is no error; nothing else can be told to anyone but standard error.
 * Where that takes nothing, the exit code alone has to tell.
 */
function quitWhereNobodyReads(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  tellAnyone(`wcalc: standard output: cannot write (${error.code})\n`);
  process.exit(EXIT.source);
}

function tellAnyone(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // There is nobody.
  }
}

function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    tellAnyone('wcalc: the working directory is gone; change to one that is there\n');
    process.exit(EXIT.source);
  }
}

/** How long what was interrupted may take to end by itself, with what it has. */
const ENDS_WITHIN_MS = 800;

/** The real process as a {@link Host}. */
export function nodeHost(): Host {
  const cwd = workingDirectory();
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd,
    stdout: sink(1),
    stderr: sink(2),
    get stdin() {
      return process.stdin;
    },
    files: nodeFiles(cwd),
    asset: (name) =>
      embedded(`assets/${name}`) ??
      readFileSync(fileURLToPath(new URL(`./assets/${name}`, import.meta.url)), 'utf8'),
    get hardwareThreads() {
      return process.getBuiltinModule('node:os').availableParallelism();
    },
    get machineName() {
      return process.getBuiltinModule('node:os').hostname();
    },
    now: () => performance.now(),
    wallClock: () => Date.now(),
    sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    ask: askByHttp,
    onInterrupt(listener) {
      let overdue: NodeJS.Timeout | undefined;
      const heard = (): void => {
        // From now on Ctrl-C ends the process, as it does where nobody listens.
        process.off('SIGINT', heard);
        overdue = setTimeout(() => process.kill(process.pid, 'SIGINT'), ENDS_WITHIN_MS);
        listener();
      };
      process.on('SIGINT', heard);
      return () => {
        clearTimeout(overdue);
        process.off('SIGINT', heard);
      };
    },
  };
}

const MAX_TEXT_BYTES = 64 * 1024 * 1024;
/** The text of a larger piece would stay in memory until all of it is swept. */
const PIECE_BYTES = 1 << 16;
const WHOLE: BytesOfFile = { from: 0, to: null };

/** The files of this machine; relative paths are taken from `cwd`. */
export function nodeFiles(cwd: string): FileAccess {
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
      const bytes = readAtMost(at(path), maxBytes + 1);
      if (bytes.length > maxBytes)
        throw new SourceError(`${path}: has more than ${maxBytes} bytes; at most ${maxBytes} are read`);
      return bytes;
    });
  return {
    readBytes,
    readText: (path, maxBytes) => readBytes(path, maxBytes).toString('utf8'),
    async *stream(path, { from, to } = WHOLE) {
      const end = to === null ? undefined : to - 1;
      try {
        yield* createReadStream(at(path), { highWaterMark: PIECE_BYTES, start: from, end });
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
    realPath(path) {
      try {
        return realpathSync(at(path));
      } catch {
        return null;
      }
    },
    writeText: (path, text) =>
      guarded(path, 'write', () => {
        if (/[/\\]$/.test(path))
          throw new SourceError(`${path}: cannot write (it names a folder, not a file)`);
        const target = whereLeads(at(path));
        if (isDanglingLink(target))
          throw new SourceError(`${path}: cannot write (it is a link that leads to no file)`);
        const before = statSync(target, { throwIfNoEntry: false });
        // A device or pipe is written to; to rename a file over it would put the file in its place.
        if (before && !before.isFile()) return writeFileSync(target, text);
        const beside = `${target}.${process.pid}-${performance.now()}.tmp`;
        try {
          writeFileSync(beside, text, before && { mode: before.mode });
          renameSync(beside, target);
        } finally {
          rmSync(beside, { force: true });
        }
      }),
  };
}

/** What a path names once links are followed. */
function whereLeads(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Written to, it would make a file elsewhere, or be replaced itself; neither is what was asked for. */
const isDanglingLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true &&
  statSync(path, { throwIfNoEntry: false }) === undefined;

/** One for all files: thousands of small ones, as in /proc, need no room of their own each. */
const window = Buffer.allocUnsafe(1 << 16);

/** Reads up to `most` bytes: devices and pipes have no size to ask for, and need not end. */
function readAtMost(path: string, most: number): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const pieces: Buffer[] = [];
    for (let left = most; left > 0; ) {
      const length = readSync(descriptor, window, 0, Math.min(left, window.length), null);
      if (length === 0) break;
      pieces.push(Buffer.from(window.subarray(0, length)));
      left -= length;
    }
    return Buffer.concat(pieces);
  } finally {
    closeSync(descriptor);
  }
}

function reason(error: unknown, does = 'read'): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return `there is no such ${does === 'write' ? 'folder' : 'file'}`;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EISDIR') return 'it is a directory';
  if (code === 'ENOSPC') return 'the disk is full';
  return code ?? String(error);
}
