import { hashComment } from '../../text/quote/comment.js';
import type { Reasoned, Setting } from '../server.js';

/** The text of a configuration file: its head, what opens it, then each setting under a comment that says why. */
export function reasonedText(
  { settings, reasons, head }: Reasoned,
  lineOf: (name: string, value: Setting['value']) => string,
  opening: readonly string[] = [],
): string {
  const blocks = Object.entries(settings).map(([name, value]) => {
    const reason = reasons[name];
    const line = lineOf(name, value);
    return reason ? `${hashComment([reason])}\n${line}` : line;
  });
  return `${[hashComment(head), ...opening, ...blocks].join('\n\n')}\n`;
}

/** A line of a language that cannot quote; a value that would mean something else in it is left to the command line. */
export const unquotedLine = (name: string, value: Setting['value'], line: string): string =>
  /^[\w.:/,+-]+$/.test(String(value))
    ? line
    : hashComment([`${name} is left out: this file cannot hold its value, which the command line can`]);
