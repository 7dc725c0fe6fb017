import type { Manual } from '../manual.js';
import { UVICORN_DIALECT } from './dialect.js';
import { uvicorn } from './index.js';
import { readStart } from './read.js';
import { UVICORN_RULES } from './rules/index.js';
import { runningOf } from './running.js';
import { UVICORN_TOPICS } from './topics.js';

export const uvicornManual: Manual = {
  server: uvicorn,
  read: readStart,
  owns: () => false,
  readAlone: () => [],
  dialect: UVICORN_DIALECT,
  running: runningOf,
  rules: UVICORN_RULES,
  topics: UVICORN_TOPICS,
};
