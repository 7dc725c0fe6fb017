import { TemplateError } from '../host/errors.js';
import type { FileKind } from './kind.js';
import type { Source } from './text-file.js';

/** Statements of Jinja; no shell, Python or INI file writes these. */
const STATEMENT =
  /\{%-?\s*(if|elif|else|endif|for|endfor|set|include|extends|block|macro|import|raw|with|comment)\b/;
/** A value that is to be filled in. `${{NAME}}` is a parameter of an OpenShift Template. */
const VALUE = /(?<!\$)\{\{-?\s*[.$\w("]/;
/** In Python `{{` may stand in a text; as a whole value it is a template's. */
const PYTHON_VALUE = /^\w+\s*=\s*["']?\{\{-?\s*[\w.]+[^{}]*\}\}["']?\s*$/m;

const VALUES: Partial<Readonly<Record<FileKind, RegExp>>> = {
  conf: PYTHON_VALUE,
  procfile: VALUE,
  systemd: VALUE,
  supervisor: VALUE,
};

/** Refuses a file of this kind that something has yet to fill in, such as Jinja. */
export function refuseTemplate(source: Source, kind: FileKind): void {
  const value = VALUES[kind];
  const found = STATEMENT.exec(source.text) ?? value?.exec(source.text);
  refuseAt(source, found?.index, 'fill it in first, and check the result');
}

/** Refuses YAML that is a template of Helm or the like. */
export function refuseYamlTemplate(source: Source): void {
  const how = 'render it first, as with "helm template", and check the result';
  refuseAt(source, VALUE.exec(source.text)?.index, how);
}

function refuseAt(source: Source, index: number | undefined, how: string): void {
  if (index === undefined) return;
  const { line, column } = source.at(index);
  if (/^\s*#/.test(source.line(line))) return;
  throw new TemplateError(`${source.file}:${line}:${column}: this is a template; ${how}`);
}
