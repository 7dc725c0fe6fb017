import { notSet } from '../reading.js';
import { variableOf } from './builtins.js';
import { evaluate } from './expression.js';
import { childrenOf, type Frame, partsOf, textOf } from './frame.js';
import { converted } from './setting-libraries.js';
import type { SyntaxNode } from './syntax.js';
import { type PyValue, py, raised, unknownValue } from './values.js';

/**
 * A class of pydantic's settings, whose fields come from variables of their names in any case, else from their defaults.
 * Undefined where the class is something else.
 */
export function settingsClass(node: SyntaxNode, frame: Frame): PyValue | undefined {
  const bases = partsOf(node.getChild('ArgList') ?? node).map((base) => evaluate(base, frame));
  const isSettings = bases.length === 1 && bases[0]?.type === 'name' && PATHS.has(bases[0].path);
  const body = node.getChild('Body');
  if (!isSettings || !body) return undefined;
  const text = textOf(body, frame);
  // Prefixes, files and sources of its own change which variables are read.
  const config = /\b(model_config|class\s+Config|settings_customise_sources|customise_sources)\b/.exec(text);
  const prefix = /\benv_prefix\s*[=:]\s*(['"])(\w*)\1/.exec(text)?.[2] ?? '';
  const readsMore =
    config !== null &&
    /\b(env_prefix|env_file|secrets_dir|sources|case_sensitive)\b/.test(
      text.replace(/\benv_prefix\s*[=:]\s*(['"])\w*\1/, ''),
    );
  const attributes = new Map<string, PyValue>();
  for (const statement of childrenOf(body)) {
    if (statement.name !== 'AssignStatement') continue;
    const [name, type, , value] = childrenOf(statement);
    if (name?.name !== 'VariableName' || type?.name !== 'TypeDef') continue;
    const field = textOf(name, frame);
    const isPlain = value === undefined || value.name !== 'CallExpression';
    const fallback = value && isPlain ? evaluate(value, frame) : undefined;
    const read = isPlain
      ? fieldOf(`${prefix}${field}`, textOf(type, frame).replace(/^:\s*/, ''), fallback, frame)
      : unknownValue(`${textOf(value, frame).slice(0, 40)} is not evaluated`);
    const isOpen = readsMore && read.provenance.assumes.length > 0;
    attributes.set(
      field,
      isOpen ? unknownValue(`${field} may be set by what the class of settings reads besides`) : read,
    );
  }
  return py({ type: 'class', instance: py({ type: 'object', of: 'settings', attributes }) });
}

const PATHS: ReadonlySet<string> = new Set([
  'pydantic_settings.BaseSettings',
  'pydantic.BaseSettings',
  'pydantic.v1.BaseSettings',
]);

function fieldOf(name: string, type: string, fallback: PyValue | undefined, frame: Frame): PyValue {
  const { names } = frame.variables.outer.environment;
  const spelt = [...(names?.() ?? [])].find((one) => one.toLowerCase() === name.toLowerCase());
  const variable = spelt ?? name.toUpperCase();
  const set = variableOf(variable, frame.variables);
  if (set) {
    const cast = /^(?:Optional\[)?(int|float|str|bool)\]?(?:\s*\|\s*None)?$/.exec(type)?.[1];
    return cast
      ? converted(set, py({ type: 'name', path: cast }))
      : unknownValue(`${variable} as ${type} is not evaluated`);
  }
  if (!fallback) return raised('ValidationError', notSet(variable));
  const assumes = [...new Set([...fallback.provenance.assumes, notSet(variable)])];
  return { ...fallback, provenance: { ...fallback.provenance, assumes } };
}
