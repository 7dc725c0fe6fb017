import { backlogOverLimit } from '../servers/gunicorn/rules/backlog-over-limit.js';
import { classDeprecated } from '../servers/gunicorn/rules/class-deprecated.js';
import { classMissing } from '../servers/gunicorn/rules/class-missing.js';
import { gilBoundThreads } from '../servers/gunicorn/rules/gil-bound-threads.js';
import { gracefulTimeoutTooLong } from '../servers/gunicorn/rules/graceful-timeout-too-long.js';
import { gthreadSplitQueues } from '../servers/gunicorn/rules/gthread-split-queues.js';
import { heartbeatOnDisk } from '../servers/gunicorn/rules/heartbeat-on-disk.js';
import { invalidSetting } from '../servers/gunicorn/rules/invalid-setting.js';
import { maxRequestsWithoutJitter } from '../servers/gunicorn/rules/max-requests-without-jitter.js';
import { misspeltSetting } from '../servers/gunicorn/rules/misspelt-setting.js';
import { preloadWithoutShared } from '../servers/gunicorn/rules/preload-without-shared.js';
import { setTwice } from '../servers/gunicorn/rules/set-twice.js';
import { syncWithoutProxy } from '../servers/gunicorn/rules/sync-without-proxy.js';
import { threadsWithSync } from '../servers/gunicorn/rules/threads-with-sync.js';
import { timeoutOff } from '../servers/gunicorn/rules/timeout-off.js';
import { timeoutTooShort } from '../servers/gunicorn/rules/timeout-too-short.js';
import { webConcurrencyInvalid } from '../servers/gunicorn/rules/web-concurrency-invalid.js';
import { websocketsClass } from '../servers/gunicorn/rules/websockets-class.js';
import { workerConnectionsIgnored } from '../servers/gunicorn/rules/worker-connections-ignored.js';
import type { Rule } from './rule.js';
import { cpuCountInContainer } from './rules/cpu-count-in-container.js';
import { dbConnections } from './rules/db-connections.js';
import { memoryHeadroom } from './rules/memory-headroom.js';
import { memoryOvercommit } from './rules/memory-overcommit.js';
import { notJudged } from './rules/not-judged.js';
import { objectiveMissed } from './rules/objective-missed.js';
import { requestBelowNeed } from './rules/request-below-need.js';
import { tooFewSlots } from './rules/too-few-slots.js';
import { unstable } from './rules/unstable.js';
import { workersOverCores } from './rules/workers-over-cores.js';

/** Every rule by its id, in the order of the list: what stops a server first. */
const RULES = {
  'not-judged': notJudged,
  'memory-overcommit': memoryOvercommit,
  'memory-headroom': memoryHeadroom,
  'too-few-slots': tooFewSlots,
  unstable: unstable,
  'objective-missed': objectiveMissed,
  'cpu-count-in-container': cpuCountInContainer,
  'workers-over-cores': workersOverCores,
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
  'graceful-timeout-too-long': gracefulTimeoutTooLong,
  'max-requests-without-jitter': maxRequestsWithoutJitter,
  'preload-without-shared': preloadWithoutShared,
  'db-connections': dbConnections,
  'request-below-need': requestBelowNeed,
  'heartbeat-on-disk': heartbeatOnDisk,
  'backlog-over-limit': backlogOverLimit,
  'set-twice': setTwice,
  'web-concurrency-invalid': webConcurrencyInvalid,
  'invalid-setting': invalidSetting,
  'misspelt-setting': misspeltSetting,
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleId = keyof typeof RULES;

export const RULE_IDS = Object.keys(RULES) as readonly RuleId[];

export const isRuleId = (text: string): text is RuleId => Object.hasOwn(RULES, text);

export const ruleOf = (id: RuleId): Rule => RULES[id];
