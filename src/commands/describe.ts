import type { CommandSpec } from '../input/command.js';
import { COMMANDS } from './registry.js';

/** The formats of each command's `--format`; their tables are loaded only to be listed. */
const FORMATS: Readonly<Record<string, () => Promise<object>>> = {
  plan: async () => (await import('./plan/formats/formats.js')).PLAN_FORMATS,
  queue: async () => (await import('./queue/formats/formats.js')).QUEUE_FORMATS,
  check: async () => (await import('./check/formats/formats.js')).CHECK_FORMATS,
  detect: async () => (await import('./detect/formats/formats.js')).DETECT_FORMATS,
  fit: async () => (await import('./fit/formats/formats.js')).FIT_FORMATS,
  simulate: async () => (await import('./simulate/formats/formats.js')).SIMULATE_FORMATS,
  sweep: async () => (await import('./sweep/formats/formats.js')).SWEEP_FORMATS,
};

/** Every command with the names of its output formats, for help and completion. */
export const describeCommands = (): Promise<readonly CommandSpec[]> =>
  Promise.all(
    COMMANDS.map(async (command) => {
      const formats = await FORMATS[command.name]?.();
      return formats ? { ...command, formats: Object.keys(formats) } : command;
    }),
  );
