import { isMap, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { guardYaml } from '../../files/yaml-guard.js';
import { SourceError } from '../../host/errors.js';

/** The parser's time grows with the square of the number of keys; real files have a few dozen. */
export const MAX_CONFIG_BYTES = 64 * 1024;

/** A YAML or JSON document of keys and values, and where each stands. */
export interface KeyedDocument {
  readonly pairs: readonly Pair<unknown, Node | null>[];
  /** `wcalc.yaml:3`: where a node begins. */
  where(node: unknown): string;
  /** Plain data of a node; aliases are followed, but not without end. */
  dataOf(node: Node): unknown;
}

/** Parses the text of a configuration file. Throws a {@link SourceError} that names file and line. */
export function parseKeyedDocument(file: string, text: string): KeyedDocument {
  if (file.endsWith('.json')) checkJson(file, text);
  guardYaml(file, text);
  const lines = new LineCounter();
  const where = (node: unknown): string => {
    const offset = (node as Node | null)?.range?.[0] ?? 0;
    return `${file}:${Math.max(1, lines.linePos(offset).line)}`;
  };
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error', prettyErrors: false });
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong) {
    const line = Math.max(1, lines.linePos(wrong.pos[0]).line);
    const said =
      wrong.code === 'MULTIPLE_DOCS'
        ? 'holds more than one document'
        : `is not valid YAML: ${sentence(wrong.message)}`;
    throw new SourceError(`${file}:${line}: ${said}`);
  }
  const { contents } = document;
  if (contents !== null && !isMap(contents) && contents.toJSON() !== null)
    throw new SourceError(`${file}: must hold options by name, such as "cores: 4"`);
  return {
    pairs: isMap(contents) ? (contents.items as Pair<unknown, Node | null>[]) : [],
    where,
    dataOf(node) {
      try {
        return node.toJS(document, { maxAliasCount: 100 });
      } catch {
        throw new SourceError(`${where(node)}: repeats itself by aliases too often to be read`);
      }
    },
  };
}

/** JSON is read as YAML for its positions, but what only YAML allows is no JSON. Not every error tells where it is. */
function checkJson(file: string, text: string): void {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const { message } = error as Error;
    const [, position] = / (?:in JSON )?at position (\d+)/.exec(message) ?? [];
    const line = position === undefined ? '' : `:${text.slice(0, Number(position)).split('\n').length}`;
    throw new SourceError(`${file}${line}: is not valid JSON: ${message.replace(/\s+/g, ' ')}`);
  }
}

/** The first line of the parser's message, without the position that is named before it. */
const sentence = (message: string): string =>
  message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');
