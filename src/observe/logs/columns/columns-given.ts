import { UsageError } from '../../../host/errors.js';
import { bytesOfText } from '../reading/bytes.js';
import { MS_PER_UNIT } from '../reading/durations.js';
import type { Field } from '../reading/fields.js';
import { fieldOfColumn } from './column-names.js';

/** What a named column of JSON lines or CSV may tell. */
const MEANINGS = ['time', 'duration', 'cpu', 'io', 'pid', 'path', 'method', 'request', 'status'] as const;
type Meaning = (typeof MEANINGS)[number];

/** Columns named by `--column MEANING=NAME[:UNIT]`, by name. Throws a UsageError where a duration has no unit. */
export function columnsGiven(texts: readonly string[]): ReadonlyMap<string, Field> {
  return new Map(texts.map(columnGiven));
}

function columnGiven(text: string): [string, Field] {
  const parts = /^([a-z]+)=(.+?)(?::(ns|us|ms|s))?$/.exec(text);
  const meaning = MEANINGS.find((known) => known === parts?.[1]);
  if (!parts || !meaning) {
    throw new UsageError(
      `--column: "${text}" is not accepted; accepted: MEANING=NAME or MEANING=NAME:UNIT, such as duration=took:ms, with the meanings ${MEANINGS.join(', ')} and the units ns, us, ms, s`,
    );
  }
  const name = bytesOfText(parts[2]!);
  const unit = parts[3] === undefined ? null : MS_PER_UNIT[parts[3]]!;
  if ((meaning === 'duration' || meaning === 'cpu' || meaning === 'io') && unit === null) {
    const byName = fieldOfColumn(name);
    if (!byName || !('msPerUnit' in byName) || byName.kind === 'time')
      throw new UsageError(`--column: "${text}" needs a unit, such as ${text}:ms; accepted: ns, us, ms, s`);
    return [name, { kind: meaning, msPerUnit: byName.msPerUnit }];
  }
  return [name, fieldOf(meaning, unit)];
}

function fieldOf(meaning: Meaning, msPerUnit: number | null): Field {
  switch (meaning) {
    case 'time':
    case 'duration':
    case 'cpu':
    case 'io':
      return { kind: meaning, msPerUnit };
    default:
      return { kind: meaning };
  }
}
