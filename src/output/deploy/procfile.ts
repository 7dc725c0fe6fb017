import { printable } from '../../text/printable.js';
import { hashComment } from '../../text/quote/comment.js';
import { shellWord } from '../../text/quote/shell.js';
import { commandOf, type Target } from './target.js';

/** What the platform's shell puts in place of it. */
const PORT = '$PORT';

/**
 * A `Procfile` with one web process, which is one line: the format has no way to write a line break. It listens where the
 * platform's PORT says.
 */
export const procfile = (target: Target): string =>
  `${hashComment(target.head)}\nweb: ${printable(wordsOf(target).join(' '))}`;

function wordsOf(target: Target): readonly string[] {
  const { program, onPort, application } = target;
  if (!onPort) return commandOf(target).map(shellWord);
  const [told, plain] = [onPort(PORT), onPort('0')];
  // A value that holds the same signs is not what the server says of its port.
  const words = told.map((word, n) => (word === plain[n] ? shellWord(word) : withPort(word)));
  return [shellWord(program), ...words, ...application.map(shellWord)];
}

/** A word of the server's own, of which the shell fills in the port. */
const withPort = (word: string): string =>
  word
    .split(PORT)
    .map((part) => (part === '' ? '' : shellWord(part)))
    .join(PORT);
