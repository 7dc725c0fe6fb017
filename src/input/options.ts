import type { OptionType } from './option.js';
import { checkOptions } from './options/check.js';
import { detectOptions } from './options/detect.js';
import { fitOptions } from './options/fit.js';
import { fleetOptions } from './options/fleet.js';
import { machineOptions } from './options/machine.js';
import { outputOptions } from './options/output.js';
import { planOptions } from './options/plan.js';
import { queueOptions } from './options/queue.js';
import { requestOptions } from './options/request.js';
import { serverOptions } from './options/server.js';
import { simulateOptions } from './options/simulate.js';
import { sweepOptions } from './options/sweep.js';

/** The one table of options. Keys are camelCase; flags, environment variables and config keys are derived from them. */
export const OPTIONS = {
  ...machineOptions,
  ...requestOptions,
  ...planOptions,
  ...serverOptions,
  ...queueOptions,
  ...simulateOptions,
  ...sweepOptions,
  ...checkOptions,
  ...detectOptions,
  ...fitOptions,
  ...fleetOptions,
  ...outputOptions,
};

export type OptionName = keyof typeof OPTIONS;

type ValueOf<O> = O extends { readonly type: OptionType<infer T> } ? T : never;

/** Parsed values of the options that were given, by name. A repeatable option's value is a list. */
export type Values = {
  readonly [K in OptionName]?: (typeof OPTIONS)[K] extends { readonly repeatable: true }
    ? readonly ValueOf<(typeof OPTIONS)[K]>[]
    : ValueOf<(typeof OPTIONS)[K]>;
};
