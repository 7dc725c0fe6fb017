import { csvRecord } from '../../../text/csv.js';

type Cell = string | number | boolean | null;

/** The JSON as one record under a header: nested keys joined by dots, lists numbered from 1. */
export function queueCsv(answer: object): string {
  const cells = [...flattened(answer, '')];
  return [csvRecord(cells.map(([key]) => key)), csvRecord(cells.map(([, value]) => value))].join('\r\n');
}

function* flattened(value: unknown, path: string): Generator<readonly [string, Cell]> {
  if (typeof value !== 'object' || value === null) {
    yield [path, value as Cell];
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const name = Array.isArray(value) ? String(Number(key) + 1) : key;
    yield* flattened(inner, path === '' ? name : `${path}.${name}`);
  }
}
