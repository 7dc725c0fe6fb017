import { hashComment } from '../../text/quote/comment.js';
import { commandOf, shellLine, type Target } from './target.js';

/** A `Procfile` with one web process. */
export const procfile = (target: Target): string =>
  `${hashComment(target.head)}\nweb: ${shellLine(commandOf(target))}`;
