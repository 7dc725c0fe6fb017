/** Depth of colour: none, 16 colours, 256, 24 bit. */
export type ColorLevel = 0 | 1 | 2 | 3;

export interface ColorSituation {
  /** `--color` or `--no-color`, where given. */
  readonly asked: boolean | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

/**
 * Decides once whether a stream gets colour: the flag, then FORCE_COLOR, then NO_COLOR (https://no-color.org: any
 * non-empty value), then TERM=dumb, then whether it is a terminal.
 */
export function colorLevel({ asked, env, isTerminal }: ColorSituation): ColorLevel {
  if (asked !== undefined) return asked ? (Math.max(1, terminalDepth(env)) as ColorLevel) : 0;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forcedLevel(forced);
  if (env.NO_COLOR || env.TERM === 'dumb' || !isTerminal) return 0;
  return terminalDepth(env);
}

function forcedLevel(value: string): ColorLevel {
  if (value === '0' || value === 'false') return 0;
  return value === '2' ? 2 : value === '3' ? 3 : 1;
}

function terminalDepth(env: ColorSituation['env']): ColorLevel {
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return 3;
  return env.TERM?.includes('256') ? 2 : 1;
}
