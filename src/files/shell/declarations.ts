import type { Command, Word } from 'unbash';
import { known } from '../reading.js';
import { assign, rested } from './assignments.js';
import { type CommandWord, literal } from './command-text.js';
import { OK } from './conditions.js';
import { expandWords, wordsAfter } from './expand.js';
import { next, type Outcome } from './follow.js';
import type { ShellState } from './state.js';

/** `export`, `declare`, `local`, `readonly`: variables are set, and given on or kept to a function. */
export const declare = (node: Command, state: ShellState): Outcome => {
  const isLocal = /^(local|declare|typeset)$/.test(node.name?.value ?? '');
  const isExport =
    node.name?.value === 'export' || wordsAfter(node).some(({ value }) => /^-\w*x/.test(value));
  for (const part of node.suffix) {
    if (part.type === 'Assignment') {
      if (isLocal) state.run.locals?.add(part.name);
      assign(part, state);
      if (isExport) state.exported.add(part.name);
    } else if (part.type === 'Word')
      for (const word of expandWords(part, state)) {
        if (isLocal) state.run.locals?.add(/^\w*/.exec(literal(word) ?? '')![0]);
        declareWord(word, part, isExport, state);
      }
  }
  return next(OK);
};

/** `export X`, `export "X=$Y"`, `export $(cat .env)`. */
function declareWord(word: CommandWord, part: Word, isExport: boolean, state: ShellState): void {
  const text = literal(word);
  if (text === undefined) {
    if (!part.text.startsWith('$')) return;
    state.incomplete ??= part.text.length > 40 ? `${part.text.slice(0, 39)}…` : part.text;
    return;
  }
  const match = /^([A-Za-z_]\w*)(?:=([\s\S]*))?$/.exec(text);
  if (!match?.[1]) return;
  if (match[2] !== undefined) state.setText(match[1], rested(known(match[2], word.at), state));
  if (isExport) state.exported.add(match[1]);
}
