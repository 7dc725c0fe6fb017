import type { Reading } from '../reading.js';
import type { CommandWord } from './command-text.js';

/** A command that a variable may hold, and what decides that it does; null where it certainly does. */
interface PossibleCommand {
  readonly words: readonly CommandWord[];
  readonly condition: string | null;
}

/** `exec $COMMAND`: the commands that a variable may hold which is set under conditions, each with the words behind it. */
export function possibleCommands(words: readonly CommandWord[]): readonly PossibleCommand[] {
  const [first, ...rest] = words;
  const [part, ...more] = first?.parts ?? [];
  const texts = part?.kind === 'value' && part.isSplit && more.length === 0 ? oneOf(part.reading) : null;
  if (!first || part?.kind !== 'value' || !texts) return [{ words, condition: null }];
  return texts.map((text) => {
    const own = text.split(/[ \t\n]+/).filter((word) => word !== '');
    const held = own.map((word): CommandWord => ({ ...first, parts: [{ kind: 'text', text: word }] }));
    return { words: [...held, ...rest], condition: `what ${part.text} holds` };
  });
}

const oneOf = (reading: Reading<string>): readonly string[] | null =>
  reading.known ? null : (reading.alternatives ?? null);
