import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { UsageError } from '../../host/errors.js';
import type { Host } from '../../host/host.js';
import { flagOf } from '../../text/names.js';
import { didYouMean } from '../../text/suggest.js';
import type { Layer } from '../arguments/arguments.js';
import { Complaints } from '../arguments/complaints.js';
import type { Origin } from '../option.js';
import { OPTIONS, type OptionName } from '../options.js';
import { refusePower } from '../power.js';
import { optionOf, parseItem, parseText } from '../value.js';
import { type KeyedDocument, MAX_CONFIG_BYTES, parseKeyedDocument } from './document.js';
import { SECTIONS, type Section, type SectionName, type Sections } from './sections.js';

export interface ConfigFile extends Layer {
  readonly sections: Sections;
}

/**
 * Reads a configuration file: options by name (`perWorker` or `per-worker`) and sections. Every key of the program
 * is known here, whatever the command; unknown ones are refused with the nearest known one. Throws a
 * {@link SourceError} where the file cannot be parsed, a {@link UsageError} where a key or value is wrong, or can do
 * more than a file of its kind may: only one that was named with `--config` is as good as the command line.
 */
export function readConfig(
  host: Pick<Host, 'files'>,
  file: string,
  from: 'named' | 'found' | 'profile' = 'named',
): ConfigFile {
  const source: Origin['source'] = from === 'profile' ? 'profile' : 'file';
  const document = parseKeyedDocument(file, host.files.readText(file, MAX_CONFIG_BYTES));
  const values: Partial<Record<OptionName, unknown>> = {};
  const origins: Partial<Record<OptionName, Origin>> = {};
  const sections: Partial<Record<SectionName, Section>> = {};
  const complaints = new Complaints();
  for (const { key, value } of document.pairs) {
    const where = document.where(key);
    complaints.catch(() => {
      const word = isScalar(key) && typeof key.value === 'string' ? key.value : undefined;
      if (word === undefined) throw new UsageError(`${where}: a key must be a name such as cores`);
      // Names the published schema, for editors.
      if (word === '$schema') return;
      if (isSection(word)) {
        sections[word] = sectionOf(document, where, value);
        return;
      }
      const name = optionNamed(word, where);
      if (name in origins) throw new UsageError(`${where}: ${word} was given before; give it once`);
      origins[name] = { source, where };
      if (value === null || (isScalar(value) && value.source === ''))
        throw new UsageError(`${where}: ${word} has no value; accepted: ${optionOf(name).type.accepts}`);
      if (isScalar(value) && value.value === null) delete origins[name];
      else {
        const read = readValue(document, name, `${where}: ${word}`, value);
        if (from !== 'named') refusePower(name, read, `${where}: ${word}`, from);
        values[name] = read;
      }
    });
  }
  complaints.throw();
  return { values, origins, sections };
}

const isSection = (word: string): word is SectionName => Object.hasOwn(SECTIONS, word);

/** The option that a key names, in camel case or as its flag is written. */
function optionNamed(word: string, where: string): OptionName {
  const camel = word.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  if (Object.hasOwn(OPTIONS, camel) && !(word.includes('-') && word !== flagOf(camel).slice(2))) {
    const name = camel as OptionName;
    if (!optionOf(name).flagOnly) return name;
    throw new UsageError(`${where}: ${word} can be given on the command line only`);
  }
  const known = [
    ...(Object.keys(OPTIONS) as OptionName[]).filter((name) => !optionOf(name).flagOnly),
    ...Object.keys(SECTIONS),
  ];
  throw new UsageError(`${where}: unknown key "${word.slice(0, 60)}"${didYouMean(camel, known)}`);
}

function readValue(document: KeyedDocument, name: OptionName, where: string, node: Node): unknown {
  const { repeatable } = optionOf(name);
  if (isSeq(node) && repeatable)
    return (node.items as Node[]).map((item) => oneValue(document, name, where, item));
  const value = oneValue(document, name, where, node);
  return repeatable ? [value] : value;
}

/** A plain scalar is taken as it is written, so that YAML's own reading of numbers (0x10, .5, 1_000) plays no part. */
function oneValue(document: KeyedDocument, name: OptionName, where: string, node: Node): unknown {
  if (isScalar(node) && node.type === 'PLAIN' && node.source !== undefined && node.value !== null)
    return parseText(name, where, node.source);
  if (isAlias(node))
    throw new UsageError(`${where}: must be written out, not taken from elsewhere by *alias`);
  return parseItem(name, where, document.dataOf(node));
}

function sectionOf(document: KeyedDocument, where: string, value: Node | null): Section {
  return {
    data: value === null ? null : document.dataOf(value),
    where(...path) {
      let at = where;
      let node: unknown = value;
      for (const step of path) {
        const pair = isMap(node)
          ? node.items.find(({ key }) => isScalar(key) && key.value === step)
          : undefined;
        node = pair ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined;
        if (node === undefined) break;
        at = document.where(pair?.key ?? node);
      }
      return at;
    },
  };
}
