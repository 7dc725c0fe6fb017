/** A text stream that a command writes to. */
export interface TextSink {
  write(text: string): void;
  /** Resolves when the reader has caught up; for writers of more text than memory should hold. */
  drained?(): Promise<void>;
  readonly isTerminal: boolean;
  /** Width of the terminal in columns; undefined where the stream is not a terminal. */
  readonly columns: number | undefined;
}

interface FileStatus {
  readonly kind: 'file' | 'directory' | 'other';
  readonly bytes: number;
}

/** The bytes of a file from one place up to another, which is not among them; null stands for its end. */
export interface BytesOfFile {
  readonly from: number;
  readonly to: number | null;
}

/** Everything wcalc may read from files. Failures throw a {@link SourceError} that names the path. */
export interface FileAccess {
  /** Whole text of a UTF-8 file; refuses files above `maxBytes`. */
  readText(path: string, maxBytes?: number): string;
  readBytes(path: string, maxBytes?: number): Uint8Array;
  /** Chunks of a file, or of a part of it, for inputs that may be larger than memory. */
  stream(path: string, part?: BytesOfFile): AsyncIterable<Uint8Array>;
  /** Status with links followed, or null where nothing (readable) is there. */
  status(path: string): FileStatus | null;
  list(directory: string): readonly string[];
  readLink(path: string): string | null;
  /** The absolute path with all links followed, or null where nothing is there. */
  realPath(path: string): string | null;
  /** Replaces the file as a whole (written beside it, then renamed), so that no half-written file is ever seen. */
  writeText(path: string, text: string): void;
}

/** A question to a server on the network. */
export interface HttpQuestion {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The whole answer must be there by then. */
  readonly withinMs: number;
  readonly maxBytes: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** Where a redirect leads; it is not followed. */
  readonly location: string | null;
  readonly text: string;
}

/**
 * The only door to the outside. Every command gets one, so that a test can run any command without a process.
 * `files` takes paths relative to `cwd` or absolute.
 */
export interface Host {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly files: FileAccess;
  /** Text of a file that is shipped with the program. */
  readonly asset: (name: string) => string;
  /** Cores of this machine as the operating system shows them; never used silently as `--cores`. */
  readonly hardwareThreads: number;
  /** The name of this machine in its network. */
  readonly machineName: string;
  /** Monotonic milliseconds. */
  now(): number;
  /** Wall-clock milliseconds since 1970. */
  wallClock(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Asks a server by GET, no other, following no redirect. Throws an {@link HttpFailure} where it gives no whole answer. */
  ask(question: HttpQuestion): Promise<HttpAnswer>;
  /** Calls `listener` on Ctrl-C instead of ending the program; returns how to stop listening. */
  onInterrupt(listener: () => void): () => void;
}

/** Whether a path, with all links followed, lies in a directory; what is not there lies nowhere. */
export function leadsWithin(files: Pick<FileAccess, 'realPath'>, directory: string, path: string): boolean {
  const [outer, inner] = [files.realPath(directory), files.realPath(path)];
  if (outer === null || inner === null) return false;
  return inner === outer || inner.startsWith(outer.endsWith('/') ? outer : `${outer}/`);
}
