import type { ColorLevel } from './color.js';

/** How text is marked. Colour never stands alone: the words carry the meaning without it. */
export interface Style {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly accent: (text: string) => string;
}

const asIs = (text: string): string => text;

export const PLAIN: Style = { strong: asIs, faint: asIs, good: asIs, warn: asIs, bad: asIs, accent: asIs };

/** A style for a colour level. chalk is loaded only where there is colour. */
export async function styleFor(level: ColorLevel): Promise<Style> {
  if (level === 0) return PLAIN;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level });
  return {
    strong: chalk.bold,
    faint: chalk.dim,
    good: chalk.green,
    warn: chalk.yellow,
    bad: chalk.red,
    accent: chalk.cyan,
  };
}
