import {
  type Alias,
  Composer,
  type CST,
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  Parser,
  type Scalar as ScalarNode,
  type YAMLMap,
  YAMLParseError,
} from 'yaml';
import { SourceError } from '../host/errors.js';
import { printable } from '../text/printable.js';
import { known, type Reading, type Scalar, unknown } from './reading.js';
import { refuseYamlTemplate } from './template.js';
import { embedded, type Source, type Span } from './text-file.js';
import { guardYaml } from './yaml-guard.js';

const MOST_DOCUMENTS = 1000;
/** Keys and items of a file: as many as are parsed in a second or two. */
const MOST_ENTRIES = 60_000;
const MOST_FOLLOWED = 50_000;

/** A place in a YAML document; asking for what is not there gives null. Aliases and merge keys are followed. */
export interface YamlNode {
  readonly at: Span;
  readonly source: Source;
  /** Offsets of the value in the file. */
  readonly from: number;
  readonly to: number;
  get(key: string): YamlNode | null;
  /** `get` of `get`. */
  path(...keys: readonly string[]): YamlNode | null;
  items(): readonly YamlNode[];
  entries(): readonly { readonly key: string; readonly value: YamlNode }[];
  readonly isList: boolean;
  readonly isMap: boolean;
  /** The value where it is a scalar. */
  readonly scalar: Scalar | undefined;
  /** The scalar as text, as it is written where it is a number. */
  readonly text: string | undefined;
  /** Why its value, whatever that is made of, is not known; absent where it is. */
  readonly unread?: string | undefined;
}

/** The documents of a YAML file. Templates and what is nested too deeply are refused. */
export function readYaml(source: Source): readonly YamlNode[] {
  refuse(source);
  const documents = composed(source);
  return documents.flatMap((document) =>
    document.contents
      ? [
          nodeOf(document.contents as Node, {
            source,
            anchors: anchorsOf(document, source),
            left: MOST_FOLLOWED,
          }),
        ]
      : [],
  );
}

const OPTIONS = {
  merge: false,
  uniqueKeys: false,
  strict: false,
  logLevel: 'silent',
  // To quote a line beside every error takes the square of their number.
  prettyErrors: false,
} as const;

/** The documents of a file, read up to its first error: a file of nothing else would take all memory for them. */
function composed(source: Source): readonly Document[] {
  try {
    return [
      ...new FirstErrorComposer(OPTIONS).compose(untilError(source.text), true, source.text.length),
    ].map((document) => {
      const [error] = document.errors;
      if (error) throw error;
      return document;
    });
  } catch (error) {
    if (error instanceof YAMLParseError) throw invalid(source, error);
    throw new SourceError(`${source.file}: this YAML cannot be parsed`);
  }
}

/** The tokens of a text, up to the first that is an error. */
function* untilError(text: string): Generator<CST.Token> {
  for (const token of new Parser().parse(text)) {
    yield token;
    if (token.type === 'error') return;
  }
}

/** Ends at the first error of a document, where the library's own goes on and keeps them all, warnings too. */
class FirstErrorComposer extends Composer {
  constructor(options: typeof OPTIONS) {
    super(options);
    let first: YAMLParseError | undefined;
    const onError = (source: ErrorPlace, code: ErrorCode, message: string, isWarning?: boolean): void => {
      if (isWarning) return;
      // The library catches what is thrown in a collection and reports it for the one around it.
      first ??= new YAMLParseError(rangeOf(source), code, message);
      throw first;
    };
    Object.assign(this, { onError });
  }
}

type ErrorPlace = number | [number, number] | [number, number, number] | { readonly offset: number };

function rangeOf(place: ErrorPlace): [number, number] {
  const from = typeof place === 'number' ? place : Array.isArray(place) ? place[0] : place.offset;
  return [from, from + 1];
}

function invalid(source: Source, { pos, message }: YAMLParseError): SourceError {
  const { line, column } = source.at(Math.min(pos[0], source.text.length));
  const reason = message
    .split('\n')[0]!
    .replace(/ at line \d+, column \d+:?$/, '')
    .slice(0, 120);
  return new SourceError(`${source.file}:${line}:${column}: this is not valid YAML: ${reason}`);
}

function refuse(source: Source): void {
  const { text, file } = source;
  refuseYamlTemplate(source);
  if ((text.match(/^---/gm)?.length ?? 0) > MOST_DOCUMENTS)
    throw new SourceError(`${file}: has more than ${MOST_DOCUMENTS} documents, which are not read`);
  if ((text.match(/[-:](?=\s)/g)?.length ?? 0) > MOST_ENTRIES)
    throw new SourceError(`${file}: has more than ${MOST_ENTRIES} keys and items, which are not read`);
  guardYaml(file, text);
}

/** What the nodes of a document share. */
interface Context {
  readonly source: Source;
  readonly anchors: Anchors;
  /** Aliases and merged entries that may still be followed: aliases can multiply a small file without end. */
  left: number;
}

type Anchors = ReadonlyMap<string, readonly { readonly from: number; readonly node: Node }[]>;

/** Every anchor of a document in order, so that an alias is found without walking it again. */
function anchorsOf(document: Document, source: Source): Anchors {
  const anchors = new Map<string, { from: number; node: Node }[]>();
  const pending: unknown[] = [document.contents];
  while (pending.length > 0) {
    const node = pending.pop();
    if (isPair(node)) pending.push(node.value, node.key);
    else if (isMap(node) || isSeq(node) || isScalar(node)) {
      if (node.anchor) {
        const list = anchors.get(node.anchor) ?? [];
        list.push({ from: node.range?.[0] ?? 0, node });
        anchors.set(node.anchor, list);
      }
      if (isMap(node)) refuseTwice(node, source);
      if (!isScalar(node)) pending.push(...[...node.items].reverse());
    }
  }
  return anchors;
}

/** Compose and Kubernetes refuse a key that stands twice; other readers take the last. */
function refuseTwice(map: YAMLMap, source: Source): void {
  const keys = new Set<string>();
  for (const { key } of map.items) {
    const text = keyText(key);
    if (keys.has(text) && text !== '<<' && isScalar(key)) {
      const { line, column } = source.at(key.range?.[0] ?? 0);
      throw new SourceError(
        `${source.file}:${line}:${column}: this is not valid YAML: the key ${printable(text)} stands twice in one mapping`,
      );
    }
    keys.add(text);
  }
}

function nodeOf(raw: Node, context: Context): YamlNode {
  const { source } = context;
  const node = isAlias(raw) ? resolve(raw, context) : raw;
  const [from, to] = [node?.range?.[0] ?? 0, node?.range?.[1] ?? 1];
  const child = (value: unknown) => (value ? nodeOf(value as Node, context) : null);
  const self: YamlNode = {
    at: source.at(from, Math.max(from + 1, to)),
    source,
    from,
    to,
    get: (key) => (node && isMap(node) ? lookUp(node, key, child) : null),
    path: (...keys) => keys.reduce<YamlNode | null>((at, key) => at?.get(key) ?? null, self),
    items: () => (node && isSeq(node) ? node.items.flatMap((item) => child(item) ?? []) : []),
    entries: () => (node && isMap(node) ? entriesOf(node, context, child) : []),
    isList: node !== null && isSeq(node),
    isMap: node !== null && isMap(node),
    scalar: node && isScalar(node) ? scalarOf(node.value) : undefined,
    text: node && isScalar(node) ? textOf(node) : undefined,
  };
  return self;
}

const textOf = (node: ScalarNode): string =>
  typeof node.value === 'string' ? node.value : (node.source ?? String(node.value ?? ''));

const scalarOf = (value: unknown): Scalar | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
    ? value
    : undefined;

/** What an alias stands for: the last node of that anchor before it. */
function resolve(alias: Alias, context: Context): Exclude<Node, Alias> | null {
  if (context.left-- <= 0) return null;
  const before = alias.range?.[0] ?? 0;
  const found = context.anchors.get(alias.source)?.findLast(({ from }) => from < before)?.node;
  return found && !isAlias(found) ? (found as Exclude<Node, Alias>) : null;
}

const keyText = (key: unknown): string => (isScalar(key) ? String(key.value) : '');

function entriesOf(map: YAMLMap, context: Context, child: (value: unknown) => YamlNode | null) {
  context.left -= map.items.length;
  if (context.left <= 0) return [];
  return map.items.flatMap((pair): { key: string; value: YamlNode }[] => {
    const key = keyText(pair.key);
    const value = child(pair.value);
    if (key === '<<') return mergedMaps(value).flatMap((merged) => [...merged.entries()]);
    return value ? [{ key, value }] : [];
  });
}

const mergedMaps = (merged: YamlNode | null): readonly YamlNode[] =>
  merged?.isList ? merged.items() : merged ? [merged] : [];

/** A key of a map, else of the maps that it merges (`<<: *defaults`). */
function lookUp(map: YAMLMap, key: string, child: (value: unknown) => YamlNode | null): YamlNode | null {
  const own = map.items.find((pair) => keyText(pair.key) === key);
  if (own) return child(own.value);
  for (const pair of map.items) {
    if (keyText(pair.key) !== '<<') continue;
    for (const merged of mergedMaps(child(pair.value))) {
      const found = merged.get(key);
      if (found) return found;
    }
  }
  return null;
}

/** A file that a scalar holds, whose text may be changed from what is written but for its lines. */
export function heldFile(value: YamlNode, alias: string, text = value.text ?? ''): Source {
  const { source } = value;
  if (source.text === text) return { ...source, alias };
  // Only a literal block keeps the lines as they are; of others the place of the whole is all there is.
  if (source.text[value.from] !== '|')
    return { file: source.file, text, alias, at: () => value.at, line: source.line };
  const lines = (value.text ?? '').split('\n');
  const firstText = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ''),
  );
  const firstLine = value.at.line + 1;
  const indent = source.line(firstLine + firstText).indexOf(lines[firstText] ?? '');
  return embedded(source, text, alias, firstLine, Math.max(0, indent));
}

/** The text of a scalar; empty where it is none. */
export const textReading = (node: YamlNode): Reading<string> =>
  node.unread === undefined ? known(node.text ?? '', node.at) : unknown(node.unread, node.at);

/** A scalar read as a quantity; unknown where it is not one. */
export function quantity<T>(
  node: YamlNode | null,
  parse: (text: string) => T | null,
  what: string,
): Reading<T> | null {
  if (!node || node.scalar === null) return null;
  if (node.unread !== undefined) return unknown(node.unread, node.at);
  const value = node.text === undefined ? null : parse(node.text.trim());
  return value === null ? unknown(`this ${what} is not read`, node.at) : known(value, node.at);
}
