/** A stretch of whole seconds at one level. */
export interface Plateau {
  readonly level: number;
  readonly fromSecond: number;
  /** The first second after it. */
  readonly toSecond: number;
}

/** A shorter stretch is a part of a ramp. */
const LEAST_SECONDS = 5;

/**
 * The stretches in which the level (users) stayed the same for at least five seconds. Seconds without a level take that of
 * the second before.
 */
export function plateausOf(levels: ReadonlyMap<number, number>): readonly Plateau[] {
  const seconds = [...levels.keys()].sort((a, b) => a - b);
  const found: Plateau[] = [];
  let from = seconds[0];
  if (from === undefined) return [];
  for (const [n, second] of seconds.entries()) {
    const next = seconds[n + 1];
    const level = levels.get(second)!;
    if (next !== undefined && levels.get(next) === level) continue;
    const to = next ?? second + 1;
    if (level > 0 && to - from >= LEAST_SECONDS) found.push({ level, fromSecond: from, toSecond: to });
    from = next ?? to;
  }
  return found;
}
