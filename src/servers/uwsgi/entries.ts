import type { Source, Span } from '../../files/text-file.js';
import { readYaml } from '../../files/yaml-tree.js';

/** One option of a configuration file; a name without a value switches it on. */
export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly at: Span;
}

/** The section that is read where none is named. */
export const SECTION = 'uwsgi';

const nameOf = ({ file, alias }: Source): string => alias ?? file;

/** What a section of a file sets, in its order, by the format that the file's name or content shows. */
export function entriesOf(source: Source, section: string = SECTION): readonly Entry[] {
  if (isYaml(source)) return yamlEntries(source, section);
  return isXml(source) ? xmlEntries(source) : iniEntries(source, section);
}

const isYaml = (source: Source): boolean => /\.(ya?ml|js(on)?)$/i.test(nameOf(source));
const isXml = (source: Source): boolean => /\.xml$/i.test(nameOf(source));

/** Names that are of another kind, whatever stands in them. */
const OTHER_KINDS =
  /\.(sh|bash|py|md|rst|toml|service|html)$|(^|\/)((docker|container)file[^/]*|procfile|readme|makefile)$/i;

/** Whether a file configures uWSGI. */
export function isUwsgiFile(source: Source): boolean {
  if (isYaml(source)) return /^["']?uwsgi["']?\s*:|^[ \t]*(?:\{[ \t]*)?"uwsgi"[ \t]*:/m.test(source.text);
  if (isXml(source)) return /<uwsgi[\s>]/.test(source.text);
  return !OTHER_KINDS.test(nameOf(source)) && /^[ \t]*\[uwsgi\]/m.test(source.text);
}

/** Lines as core/ini.c reads them: a comment stands on a line of its own, and all after the first = is the value. */
function iniEntries(source: Source, asked: string): readonly Entry[] {
  const found: Entry[] = [];
  let section = '';
  let offset = 0;
  for (const line of source.text.split('\n')) {
    const text = line.trim();
    const start = offset + line.indexOf(text);
    offset += line.length + 1;
    if (text === '' || text.startsWith(';') || text.startsWith('#')) continue;
    if (text.startsWith('[')) section = text.slice(1, -1);
    else if (section === asked) {
      const cut = text.indexOf('=');
      const key = (cut < 0 ? text : text.slice(0, cut)).trim();
      const value = cut < 0 ? '' : text.slice(cut + 1).trim();
      const from = value === '' ? start : start + text.length - value.length;
      found.push({ key, value, at: source.at(from, from + (value || key).length) });
    }
  }
  return found;
}

/** A list is the same option several times. JSON is read as the YAML that it is. */
function yamlEntries(source: Source, section: string): readonly Entry[] {
  return readYaml(source).flatMap((document) =>
    (document.get(section)?.entries() ?? []).flatMap(({ key, value }) =>
      (value.isList ? value.items() : [value]).map((item) => ({ key, value: item.text ?? '', at: item.at })),
    ),
  );
}

const ELEMENT = /<([\w-]+)(?:\s[^<>]*)?(?:\/>|>([^<]*)<\/\1\s*>)/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The elements of `<uwsgi>`: `<master/>`, `<processes>4</processes>`. */
function xmlEntries(source: Source): readonly Entry[] {
  const blank = (text: string) => text.replaceAll(/[^\n]/g, ' ');
  const text = source.text.replaceAll(/<!--[\s\S]*?-->/g, blank);
  const from = /<uwsgi(\s[^>]*)?>/.exec(text);
  if (!from) return [];
  const start = from.index + from[0].length;
  const end = text.indexOf('</uwsgi>', start);
  return [...text.slice(start, end < 0 ? undefined : end).matchAll(ELEMENT)].map(
    ({ 0: whole, 1: key = '', 2: raw = '', index }) => {
      const at = start + index + (raw.trim() === '' ? 0 : whole.indexOf('>') + 1);
      const value = raw.trim().replaceAll(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);
      return { key, value, at: source.at(at, at + Math.max(1, raw.length)) };
    },
  );
}
