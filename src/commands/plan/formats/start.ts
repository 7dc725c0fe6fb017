import { shellLine, type Target } from '../../../output/deploy/target.js';
import type { Configuration, PlanResult } from '../../../plan/types.js';
import { serverNamed } from '../../../servers/index.js';
import type { Start } from '../../../servers/server.js';

/** How a configuration is started. */
export const startOf = ({ server, settings }: Configuration): Start => serverNamed(server).start(settings);

/** The same as one line of a shell, without the application. */
export function commandLine(configuration: Configuration): string {
  const { program, words } = startOf(configuration);
  return shellLine([program, ...words]);
}

/**
 * The same to be pasted into a shell, an option with its value torn apart only where no line holds both: lines of at most `width` columns that end
 * with a backslash, and the application in its place.
 */
export function commandLines(configuration: Configuration, width: number): readonly string[] {
  const { program, words, application } = startOf(configuration);
  const parts: string[][] = [[program]];
  for (const word of words) {
    if (word.startsWith('-') || parts.length === 1) parts.push([word]);
    else parts.at(-1)!.push(word);
  }
  const lines: string[] = [];
  const fits = (piece: readonly string[]): boolean => shellLine(piece).length + CONTINUED <= width + 1;
  const pieces = [...parts, [...application]].flatMap((piece) =>
    fits(piece) ? [piece] : piece.map((word) => [word]),
  );
  for (const part of pieces.map((piece) => shellLine(piece))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length + CONTINUED < width)
      lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(part);
  }
  return lines.map((line, n) => (n < lines.length - 1 ? `${line} \\` : line));
}

/** A space between two parts, and the space and backslash at a line's end. */
const CONTINUED = 3;

/** A configuration and the machine it was made for, as deployments take them. */
export function targetOf(best: Configuration, plan: PlanResult): Target {
  const { cores, memoryMiB, replicas } = plan.inputs;
  return {
    server: best.server,
    title: serverNamed(best.server).title,
    settings: best.settings,
    ...startOf(best),
    cores: Number(cores),
    memoryMiB: typeof memoryMiB === 'number' ? memoryMiB : null,
    replicas: typeof replicas === 'number' ? replicas : 1,
    head: [`Made by wcalc ${plan.tool.version}.`, best.why],
  };
}
