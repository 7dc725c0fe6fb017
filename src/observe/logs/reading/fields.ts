import { decimal, durationMs } from './durations.js';
import type { Row } from './row.js';
import { timeReader } from './times.js';

/** What a field of a log tells. `msPerUnit` is the unit of a bare number, null where the text itself tells it. */
export type Field =
  /** `list`: its text may be a list with blanks, such as the upstreams that nginx tried. */
  | { readonly kind: 'skip'; readonly list?: boolean }
  | { readonly kind: 'time'; readonly msPerUnit: number | null }
  /** `GET /path HTTP/1.1` */
  | { readonly kind: 'request' }
  | { readonly kind: 'path' }
  | { readonly kind: 'method' }
  /** `<123>` or `123` */
  | { readonly kind: 'pid' }
  | { readonly kind: 'status' }
  | { readonly kind: 'duration'; readonly msPerUnit: number | null }
  | { readonly kind: 'cpu'; readonly msPerUnit: number | null }
  | { readonly kind: 'io'; readonly msPerUnit: number | null };

export type FieldKind = Field['kind'];

export const SKIP: Field = { kind: 'skip' };

/** Puts the text of a field into the row. */
export type Store = (text: string, row: Row) => void;

/** How a field's text is put into the row. */
export function storeOf(field: Field): Store {
  switch (field.kind) {
    case 'skip':
      return () => {};
    case 'time': {
      const read = timeReader(field.msPerUnit);
      return (text, row) => {
        row.timeMs = read(text);
      };
    }
    case 'request':
      return (text, row) => {
        const [method, path] = text.split(' ', 2);
        row.method = method!;
        row.path = path ?? '';
      };
    case 'path':
      return (text, row) => {
        row.path = text;
      };
    case 'method':
      return (text, row) => {
        row.method = text;
      };
    case 'pid':
      return (text, row) => {
        row.pid = decimal(text.startsWith('<') ? text.slice(1, -1) : text);
      };
    case 'status':
      return (text, row) => {
        row.status = decimal(text);
      };
    case 'duration':
      return (text, row) => {
        row.durationMs = durationMs(text, field.msPerUnit);
      };
    case 'cpu':
      return (text, row) => {
        row.cpuMs = durationMs(text, field.msPerUnit);
      };
    case 'io':
      return (text, row) => {
        row.ioMs = durationMs(text, field.msPerUnit);
      };
  }
}
