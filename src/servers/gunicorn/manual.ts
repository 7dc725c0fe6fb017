import type { Manual } from '../manual.js';
import { GUNICORN_DIALECT } from './dialect.js';
import { gunicorn } from './index.js';
import { readAlone, readStart } from './read.js';
import { GUNICORN_RULES } from './rules/index.js';
import { runningOf } from './running.js';
import { CLASS_TOPICS } from './topics.js';

export const gunicornManual = {
  server: gunicorn,
  read: readStart,
  owns: () => false,
  readAlone,
  dialect: GUNICORN_DIALECT,
  running: runningOf,
  rules: GUNICORN_RULES,
  topics: CLASS_TOPICS,
} satisfies Manual;
