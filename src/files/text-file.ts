/** A stretch of one line of a file; lines and columns count from 1, `endColumn` is the first column after it. */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** The text of a file that was read, with the places of its offsets. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** The name by which others refer to it, where it is kept inside another file. */
  readonly alias?: string;
  /** The place of `from`, up to `to` or the end of its line. */
  at(from: number, to?: number): Span;
  /** A line of the file, counted from 1, without its line break. */
  line(line: number): string;
}

export function sourceOf(file: string, text: string): Source {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const endOf = (line: number): number => {
    const next = starts[line + 1];
    const end = next === undefined ? text.length : next - 1;
    return text[end - 1] === '\r' && end > starts[line]! ? end - 1 : end;
  };
  return {
    file,
    text,
    at(from, to = from + 1) {
      const line = lineOf(from);
      const start = starts[line]!;
      const end = Math.max(from + 1, Math.min(to, endOf(line)));
      return { file, line: line + 1, column: from - start + 1, endColumn: end - start + 1 };
    },
    line: (line) => text.slice(starts[line - 1] ?? 0, endOf(line - 1)),
  };
}

/**
 * A text that another file holds from its line `firstLine` on, indented by `indent`; places are those of the other file.
 */
export function embedded(
  outer: Source,
  text: string,
  alias: string,
  firstLine: number,
  indent: number,
): Source {
  const inner = sourceOf(outer.file, text);
  return {
    file: outer.file,
    text,
    alias,
    at(from, to) {
      const { file, line, column, endColumn } = inner.at(from, to);
      return { file, line: line + firstLine - 1, column: column + indent, endColumn: endColumn + indent };
    },
    line: outer.line,
  };
}

/** A path without `./` and with forward slashes, so that one file has one name. */
export const tidyPath = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .replace(/^(\.\/+)+/, '')
    .replace(/\/+/g, '/') || '.';

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const directoryOf = (path: string): string => {
  const cut = path.lastIndexOf('/');
  return cut < 0 ? '' : cut === 0 ? '/' : path.slice(0, cut);
};

/** `path` as seen from `directory`, with `.` and `..` resolved as far as they go. */
export function joinPath(directory: string, path: string): string {
  const whole = path.startsWith('/') || directory === '' ? path : `${directory}/${path}`;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return (whole.startsWith('/') ? '/' : '') + parts.join('/') || '.';
}
