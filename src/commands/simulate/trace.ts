import { SourceError } from '../../host/errors.js';
import { lineGroups } from '../../input/batch/lines.js';
import type { TracedRequest } from '../../simulation/engine/replay.js';

const COLUMNS = ['at_ms', 'cpu_ms', 'io_ms'] as const;
const LONGEST_LINE = 1 << 16;
/** A clock may count from anywhere; a request takes eleven days at most. */
const MOST_MS = { at_ms: 1e15, cpu_ms: 1e9, io_ms: 1e9 } as const;

type Split = (line: string) => readonly string[];

/**
 * The requests of a trace, in pieces as they are read: CSV, plain or gzip, with a header that names at least at_ms,
 * cpu_ms and io_ms. Throws a SourceError with file and line where a row is wrong or out of order.
 */
export async function* readTrace(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly TracedRequest[]> {
  const { parse } = await import('csv-parse/sync');
  /** Fields without quotes need no parser. */
  const split: Split = (line) =>
    line.includes('"') ? (parse(line, { relax_column_count: true })[0] ?? []) : line.split(',');
  let columns: readonly number[] | undefined;
  let width = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  let found = false;
  for await (const group of lineGroups(plain(path, bytes), LONGEST_LINE)) {
    const piece: TracedRequest[] = [];
    for (const line of group) {
      const where = `${path}:${line.number}`;
      if (line.tooLong) throw new SourceError(`${where}: has more than ${LONGEST_LINE} characters`);
      if (line.text.trim() === '') continue;
      const fields = splitLine(split, line.text, where);
      if (columns === undefined) {
        columns = findColumns(fields, where);
        width = fields.length;
        continue;
      }
      if (fields.length > width && fields.slice(width).some((field) => field.trim() !== ''))
        throw new SourceError(
          `${where}: has ${fields.length} fields where the header has ${width}; numbers have a decimal point, no comma`,
        );
      const request = readRequest(fields, columns, where);
      if (request.atMs < lastMs)
        throw new SourceError(
          `${where}: at_ms ${request.atMs} comes before the line above; rows must be in order of arrival`,
        );
      lastMs = request.atMs;
      piece.push(request);
    }
    if (piece.length > 0) {
      found = true;
      yield piece;
    }
  }
  if (!found)
    throw new SourceError(
      `${path}: holds no request; a header with ${COLUMNS.join(', ')} and a row for each are needed`,
    );
}

function splitLine(split: Split, text: string, where: string): readonly string[] {
  try {
    return split(text);
  } catch {
    throw new SourceError(`${where}: is not a row of CSV`);
  }
}

function findColumns(header: readonly string[], where: string): readonly number[] {
  const names = header.map((name) => name.trim().toLowerCase());
  return COLUMNS.map((column) => {
    const index = names.indexOf(column);
    if (index < 0)
      throw new SourceError(
        `${where}: the header has no column ${column}; needed: ${COLUMNS.join(', ')}, separated by commas`,
      );
    if (names.includes(column, index + 1))
      throw new SourceError(`${where}: the header has the column ${column} twice; give each once`);
    return index;
  });
}

function readRequest(fields: readonly string[], columns: readonly number[], where: string): TracedRequest {
  const [atMs, cpuMs, ioMs] = COLUMNS.map((column, n) => {
    const text = fields[columns[n]!]?.trim() ?? '';
    const value = text === '' ? Number.NaN : Number(text);
    if (!(value >= 0 && value <= MOST_MS[column]))
      throw new SourceError(
        `${where}: ${column} must be a number of ms, 0 to ${MOST_MS[column]}, got "${text.slice(0, 40)}"`,
      );
    return value;
  });
  return { atMs: atMs!, cpuMs: cpuMs!, ioMs: ioMs! };
}

/** The bytes without their gzip, which is known by its first two. */
async function* plain(path: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = bytes[Symbol.asyncIterator]();
  const first = await reader.next();
  if (first.done) return;
  const all = (async function* () {
    yield first.value;
    for (let next = await reader.next(); !next.done; next = await reader.next()) yield next.value;
  })();
  if (!(first.value[0] === 0x1f && first.value[1] === 0x8b)) {
    yield* all;
    return;
  }
  try {
    const unzipped = ReadableStream.from(all).pipeThrough(new DecompressionStream('gzip') as never);
    yield* unzipped as unknown as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError(`${path}: cannot be unpacked (not whole, or not gzip)`);
  }
}
