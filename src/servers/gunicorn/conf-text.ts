import { hashComment } from '../../text/quote/comment.js';
import { pythonLiteral } from '../../text/quote/python.js';
import type { Settings } from '../server.js';

export interface GunicornConfInput {
  readonly settings: Settings;
  /** Why each setting has its value, by name. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Lines for the head: what the file is and what it was made for. */
  readonly head: readonly string[];
}

/** A `gunicorn.conf.py`: each setting under a comment that says why. */
export function gunicornConf({ settings, reasons, head }: GunicornConfInput): string {
  const blocks = Object.entries(settings).map(([name, value]) => {
    const reason = reasons[name];
    const line = `${name} = ${pythonLiteral(value)}`;
    return reason ? `${hashComment([reason])}\n${line}` : line;
  });
  return `${[hashComment(head), ...blocks].join('\n\n')}\n`;
}
