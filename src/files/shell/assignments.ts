import type { Assignment } from 'unbash';
import { both, concatenated, known, type Reading, unknown } from '../reading.js';
import { expandWords, textOf } from './expand.js';
import type { ShellState, ShellValue } from './state.js';

/** Sets a variable or the items of an array. */
export function assign(part: Assignment, state: ShellState): void {
  state.set(part.name, assigned(part, state));
}

function assigned({ name, value, append, index }: Assignment, state: ShellState): ShellValue {
  const before = state.variables.get(name);
  if (value.type === 'ArrayValue') {
    const words = value.elements.flatMap((word) => expandWords(word, state));
    const old = append && before?.kind === 'list' ? before.words : [];
    return { kind: 'list', words: [...old, ...words] };
  }
  const fresh = rested(textOf(value, state), state);
  if (index) return lostItem(name, fresh);
  if (!append) return { kind: 'text', reading: fresh };
  if (before?.kind === 'list') return lostItem(name, fresh);
  const old = state.get(name, fresh.at);
  return { kind: 'text', reading: old?.kind === 'text' ? appended(old.reading, fresh) : fresh };
}

const lostItem = (name: string, { at }: Reading<string>): ShellValue => ({
  kind: 'text',
  reading: unknown(`the items of ${name} are not followed`, at),
});

const appended = (old: Reading<string>, more: Reading<string>): Reading<string> =>
  concatenated([old, more], more.at);

/** With what the conditions before it rest on. */
export const rested = (reading: Reading<string>, { from }: ShellState): Reading<string> =>
  reading.known ? known(reading.value, reading.at, both(reading, from)) : reading;
