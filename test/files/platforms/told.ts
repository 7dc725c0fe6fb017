import type { ReaderContext, ServiceReading } from '../../../src/files/platforms/service.js';
import type { Reading } from '../../../src/files/reading.js';
import type { CommandText } from '../../../src/files/shell/command-text.js';
import type { Source } from '../../../src/files/text-file.js';
import { sourceOf } from '../../../src/files/text-file.js';

/** A value as `value@line:column`; `?why` where it is not known, `-` where nothing is said. */
export function told(reading: Reading<unknown> | null): string {
  if (reading === null) return '-';
  const { line, column } = reading.at;
  return reading.known ? `${String(reading.value)}@${line}:${column}` : `? ${reading.why}`;
}

/** A command: `$ …` for a line of a shell, `> …` for a line without one, words joined by `|`. */
export function commandTold(command: CommandText | null): string {
  if (command === null) return '-';
  if (command.kind === 'line') return `${command.isShell ? '$' : '>'} ${command.text}`;
  return command.words
    .map(({ parts }) => parts.map((part) => ('text' in part ? part.text : `\${${part.name}}`)).join(''))
    .join('|');
}

export const environmentTold = ({ environment }: ServiceReading): string[] =>
  environment.map(({ name, value }) => (value.known ? `${name}=${value.value}` : `${name}? ${value.why}`));

/** What is asked of other files: these. */
export function contextOf(
  files: Readonly<Record<string, string>> = {},
): ReaderContext & { readonly confs: Source[] } {
  const confs: Source[] = [];
  return {
    confs,
    dotenv: [],
    overrides: [],
    load: (path) => (path in files ? sourceOf(path, files[path]!) : null),
    addConf: (source) => void confs.push(source),
  };
}
