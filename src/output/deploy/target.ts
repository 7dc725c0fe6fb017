import type { Configuration, PlanResult } from '../../plan/types.js';

/** What a deployment's settings are made from. */
export interface Target {
  readonly settings: Configuration['settings'];
  readonly cores: number;
  /** null where the plan was made without memory. */
  readonly memoryMiB: number | null;
  readonly replicas: number;
  /** Comment lines: what made this and why these numbers. */
  readonly head: readonly string[];
}

/** Stands for the user's own application, `module:variable`. */
export const APPLICATION = 'app:app';

export function targetOf(best: Configuration, plan: PlanResult): Target {
  const { cores, memoryMiB, replicas } = plan.inputs;
  return {
    settings: best.settings,
    cores: Number(cores),
    memoryMiB: typeof memoryMiB === 'number' ? memoryMiB : null,
    replicas: typeof replicas === 'number' ? replicas : 1,
    head: [`Made by wcalc ${plan.tool.version}.`, best.why],
  };
}

/** Whole MiB that hold this much: limits are rounded up, never below what was planned. */
export const wholeMiB = (memoryMiB: number): number => Math.ceil(memoryMiB);

/** Seconds beyond Gunicorn's own graceful time before a platform kills what has not stopped. */
const GRACE_MARGIN_SECONDS = 10;

/** How long a platform must wait after it asked the server to stop. */
export const graceSeconds = (settings: Configuration['settings']): number =>
  Number(settings.graceful_timeout ?? 30) + GRACE_MARGIN_SECONDS;
