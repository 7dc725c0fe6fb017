import {
  both,
  concatenated,
  known,
  notSet,
  type Provenance,
  type Reading,
  type Surroundings,
  unknown,
} from '../reading.js';
import type { Span } from '../text-file.js';
import type { Part } from './words.js';

/** Longer than any command line that Linux accepts in one word. */
const LONGEST = 128 * 1024;

/** The text of a word once its variables are filled in from what the files say. */
export function resolveParts(parts: readonly Part[], at: Span, outer: Surroundings): Reading<string> {
  const pieces: Reading<string>[] = [];
  let length = 0;
  for (const part of parts) {
    const piece = resolvePart(part, at, outer);
    pieces.push(piece);
    length += piece.known ? piece.value.length : 0;
    // A variable that holds itself twice, a few dozen times over, would take all memory.
    if (length > LONGEST) return unknown(`its value has more than ${LONGEST} characters`, at);
  }
  return concatenated(pieces, at);
}

function resolvePart(part: Part, at: Span, outer: Surroundings): Reading<string> {
  if (part.kind === 'text') return known(part.text, at);
  if (part.kind === 'value') return { ...part.reading, at };
  if (part.kind === 'substitution') return substitution(part.text, at, outer);
  const given = outer.environment.get(part.name);
  if (given) {
    if (given.known && given.value === '' && part.fallback && part.emptyToo)
      return resolveParts(part.fallback, at, outer);
    return { ...given, at };
  }
  const { incomplete } = outer.environment;
  if (incomplete !== null) return unknown(`${part.name} may be set by ${incomplete}`, at, part.name);
  if (!part.fallback) return unknown(notSet(part.name), at, part.name);
  const fallback = resolveParts(part.fallback, at, outer);
  return fallback.known
    ? known(fallback.value, at, both(fallback, { cpuCount: false, assumes: [notSet(part.name)] }))
    : fallback;
}

/** `$(nproc)` and whole-number arithmetic over it; nothing else is worked out. */
function substitution(text: string, at: Span, outer: Surroundings): Reading<string> {
  const from: Provenance = { cpuCount: true, assumes: outer.cpuCount?.assumes ?? [] };
  if (/^(\$\(\s*nproc\s*\)|`\s*nproc\s*`)$/.test(text))
    return outer.cpuCount
      ? known(String(outer.cpuCount.value), at, from)
      : unknown('the CPU count is not known: give --cores or --machine-cores', at);
  const sum = /^\$\(\((.*)\)\)$/s.exec(text)?.[1];
  if (sum !== undefined && /nproc/.test(sum) && outer.cpuCount) {
    const value = wholeArithmetic(
      sum.replaceAll(/\$\(\s*nproc\s*\)|`\s*nproc\s*`/g, String(outer.cpuCount.value)),
    );
    if (value !== undefined) return known(String(value), at, from);
  }
  const shown = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  return unknown(`${shown} is not run`, at);
}

/** `2 * 4 + 1`: sums of products of whole numbers. */
function wholeArithmetic(text: string): number | undefined {
  if (text.length > 100 || !/^[\d\s+*]+$/.test(text)) return undefined;
  const terms = text.split('+').map((term) => {
    const factors = term.split('*').map((factor) => factor.trim());
    return factors.every((factor) => /^\d+$/.test(factor))
      ? factors.reduce((p, f) => p * Number(f), 1)
      : Number.NaN;
  });
  const value = terms.reduce((a, b) => a + b, 0);
  return Number.isSafeInteger(value) ? value : undefined;
}
