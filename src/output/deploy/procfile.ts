import { printable } from '../../text/printable.js';
import { hashComment } from '../../text/quote/comment.js';
import { commandOf, shellLine, type Target } from './target.js';

/** A `Procfile` with one web process, which is one line: the format has no way to write a line break. */
export const procfile = (target: Target): string =>
  `${hashComment(target.head)}\nweb: ${printable(shellLine(commandOf(target)))}`;
