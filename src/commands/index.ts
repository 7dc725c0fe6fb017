import type { CommandSpec } from '../input/command.js';
import { checkCommand } from './check/index.js';
import { completionCommand } from './completion/index.js';
import { detectCommand } from './detect/index.js';
import { explainCommand } from './explain/index.js';
import { fitCommand } from './fit/index.js';
import { fleetCommand } from './fleet/index.js';
import { helpCommand } from './help/index.js';
import { initCommand } from './init/index.js';
import { pageCommand } from './page/index.js';
import { planCommand } from './plan/index.js';
import { queueCommand } from './queue/index.js';
import { simulateCommand } from './simulate/index.js';
import { sweepCommand } from './sweep/index.js';

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  planCommand,
  fleetCommand,
  queueCommand,
  checkCommand,
  detectCommand,
  fitCommand,
  simulateCommand,
  sweepCommand,
  explainCommand,
  initCommand,
  pageCommand,
  completionCommand,
  helpCommand,
];
