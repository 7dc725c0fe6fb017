import { type ParsedScript, parse } from 'unbash';
import { LONGEST_COMMAND } from './command-text.js';

/** The syntax tree of a shell script; null where it is not one that can be read: a quote left open, far too long. */
export function parseShell(text: string): ParsedScript | null {
  if (text.length > LONGEST_COMMAND) return null;
  const script = parse(text.replace(/\r$/gm, ' '));
  return script.errors && script.errors.length > 0 ? null : script;
}
