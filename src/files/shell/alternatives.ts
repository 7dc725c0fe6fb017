import { templatesOf } from '../reading.js';
import type { CommandWord } from './command-text.js';
import { Fields } from './fields.js';

/** A command that a variable may hold, and what decides that it does; null where it certainly does. */
interface PossibleCommand {
  readonly words: readonly CommandWord[];
  readonly condition: string | null;
}

/** `exec $COMMAND`: the commands that a variable may hold which is set under conditions, each with the words behind it. */
export function possibleCommands(words: readonly CommandWord[]): readonly PossibleCommand[] {
  const [first, ...rest] = words;
  const [part, ...more] = first?.parts ?? [];
  if (!first || part?.kind !== 'value' || !part.isSplit || more.length > 0)
    return [{ words, condition: null }];
  const templates = templatesOf(part.reading);
  if (templates.length < 2) return [{ words, condition: null }];
  return templates.map((template) => {
    const fields = new Fields(first.place, first.at);
    for (const piece of template) fields.value(piece, part.text, false);
    return { words: [...fields.finished(), ...rest], condition: `what ${part.text} holds` };
  });
}
