import type { ServerRule } from '../../rule.js';
import { extraCopy } from './extra-copy.js';
import { healthcheckQuota } from './healthcheck-quota.js';
import { limitConcurrencyLow } from './limit-concurrency-low.js';
import { noUvloop } from './no-uvloop.js';
import { recyclingEndsIt } from './recycling-ends-it.js';
import { reloadInProduction } from './reload-in-production.js';
import { restartTogether } from './restart-together.js';

export const UVICORN_RULES: Readonly<Record<string, ServerRule>> = {
  'uvicorn-limit-concurrency': limitConcurrencyLow,
  'uvicorn-recycling-ends': recyclingEndsIt,
  'uvicorn-restart-together': restartTogether,
  'uvicorn-healthcheck': healthcheckQuota,
  'uvicorn-asyncio': noUvloop,
  'uvicorn-reload': reloadInProduction,
  'uvicorn-extra-copy': extraCopy,
};
