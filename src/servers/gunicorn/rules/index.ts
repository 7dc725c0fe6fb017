import type { ServerRule } from '../../rule.js';
import { backlogOverLimit } from './backlog-over-limit.js';
import { classDeprecated } from './class-deprecated.js';
import { classMissing } from './class-missing.js';
import { gilBoundThreads } from './gil-bound-threads.js';
import { gthreadSplitQueues } from './gthread-split-queues.js';
import { heartbeatOnDisk } from './heartbeat-on-disk.js';
import { misspeltSetting } from './misspelt-setting.js';
import { preloadWithoutShared } from './preload-without-shared.js';
import { jitterTooNarrow } from './recycling/jitter-too-narrow.js';
import { jitterWithoutMaxRequests } from './recycling/jitter-without-max-requests.js';
import { maxRequestsWithoutJitter } from './recycling/max-requests-without-jitter.js';
import { restartsTooOften } from './recycling/restarts-too-often.js';
import { syncWithoutProxy } from './sync-without-proxy.js';
import { threadsWithSync } from './threads-with-sync.js';
import { timeoutOff } from './timeout-off.js';
import { timeoutTooShort } from './timeout-too-short.js';
import { webConcurrencyInvalid } from './web-concurrency-invalid.js';
import { websocketsClass } from './websockets-class.js';
import { workerConnectionsIgnored } from './worker-connections-ignored.js';

export const GUNICORN_RULES = {
  'gil-bound-threads': gilBoundThreads,
  'gthread-split-queues': gthreadSplitQueues,
  'threads-with-sync': threadsWithSync,
  'class-missing': classMissing,
  'class-deprecated': classDeprecated,
  'websockets-class': websocketsClass,
  'sync-without-proxy': syncWithoutProxy,
  'worker-connections-ignored': workerConnectionsIgnored,
  'timeout-too-short': timeoutTooShort,
  'timeout-off': timeoutOff,
  'max-requests-without-jitter': maxRequestsWithoutJitter,
  'jitter-too-narrow': jitterTooNarrow,
  'jitter-without-max-requests': jitterWithoutMaxRequests,
  'restarts-too-often': restartsTooOften,
  'preload-without-shared': preloadWithoutShared,
  'heartbeat-on-disk': heartbeatOnDisk,
  'backlog-over-limit': backlogOverLimit,
  'web-concurrency-invalid': webConcurrencyInvalid,
  'misspelt-setting': misspeltSetting,
} as const satisfies Readonly<Record<string, ServerRule>>;
