import type { RenderContext } from '../../../output/deliver.js';
import type { ModelNote } from '../../../plan/types.js';
import { percent } from '../../../text/numbers.js';
import { counted } from '../../../text/sentences.js';
import { wrap } from '../../../text/wrap.js';

/** The models behind the predictions: what they assume, and how far off they were. */
export function modelNotes(notes: readonly ModelNote[], { style, width }: RenderContext): string {
  return notes
    .flatMap((note) => [
      `  ${wrap(`${note.workerClass}: ${note.model} (wcalc explain ${note.topic})`, width, '    ')}`,
      ...note.assumptions.map((assumption) => `    ${wrap(`assumes: ${assumption}`, width, '      ')}`),
      ...errorsOf(note).map((line) => `    ${style.faint(wrap(line, width, '      '))}`),
    ])
    .join('\n');
}

/** One line on the errors against each kind of truth. */
export function errorsOf({ errors: { simulated: s, measured: m } }: ModelNote): string[] {
  const lines = [
    `off from simulation: mean ${percent(s.meanMedian)} in the median, ${percent(s.mean95)} or less in 95% of systems; p95 ${percent(s.p95Median)}, ${percent(s.p9595)}`,
  ];
  if (m !== null)
    lines.push(
      `off from real servers of this kind: mean ${percent(m.meanMedian)} in the median of ${counted(m.cases, 'case')}, ${percent(m.meanWorst)} at worst; p95 ${percent(m.p95Median)}, ${percent(m.p95Worst)}`,
    );
  return lines;
}
