import { MANUALS, manualOf } from '../servers/manuals.js';
import type { Server } from '../servers/server.js';
import type { Rule } from './rule.js';
import { concurrencyAboveSlots } from './rules/concurrency-above-slots.js';
import { cpuCountInContainer } from './rules/cpu-count-in-container.js';
import { cpuCountOfHost } from './rules/cpu-count-of-host.js';
import { dbPoolSmallerThanThreads } from './rules/db-pool-smaller-than-threads.js';
import { djangoKeptConnections } from './rules/django-kept-connections.js';
import { gracefulTimeoutTooLong } from './rules/graceful-timeout-too-long.js';
import { invalidSetting } from './rules/invalid-setting.js';
import { keepaliveBelowProxy } from './rules/keepalive-below-proxy.js';
import { livenessBeforeTimeout } from './rules/liveness-before-timeout.js';
import { memoryHeadroom } from './rules/memory-headroom.js';
import { memoryOvercommit } from './rules/memory-overcommit.js';
import { notJudged } from './rules/not-judged.js';
import { objectiveMissed } from './rules/objective-missed.js';
import { requestBelowNeed } from './rules/request-below-need.js';
import { autoscalerLeastReplicas } from './rules/scaling/autoscaler-least-replicas.js';
import { autoscalerPercentOfRequest } from './rules/scaling/autoscaler-percent-of-request.js';
import { autoscalerTargetTooHigh } from './rules/scaling/autoscaler-target-too-high.js';
import { budgetBlocksDrains } from './rules/scaling/budget-blocks-drains.js';
import { budgetProtectsNothing } from './rules/scaling/budget-protects-nothing.js';
import { dbConnections } from './rules/scaling/db-connections.js';
import { setTwice } from './rules/set-twice.js';
import { shellMissing } from './rules/shell-missing.js';
import { tooFewSlots } from './rules/too-few-slots.js';
import { unstable } from './rules/unstable.js';
import { workersOverCores } from './rules/workers-over-cores.js';

/** Rules about any server, in the order of the list: what stops it first. */
const COMMON: Readonly<Record<string, Rule>> = {
  'not-judged': notJudged,
  'shell-missing': shellMissing,
  'memory-overcommit': memoryOvercommit,
  'memory-headroom': memoryHeadroom,
  'too-few-slots': tooFewSlots,
  unstable,
  'objective-missed': objectiveMissed,
  'cpu-count-in-container': cpuCountInContainer,
  'workers-over-cores': workersOverCores,
  'cpu-count-of-host': cpuCountOfHost,
  'concurrency-above-slots': concurrencyAboveSlots,
  'keepalive-below-proxy': keepaliveBelowProxy,
  'liveness-before-timeout': livenessBeforeTimeout,
  'db-connections': dbConnections,
  'db-pool-smaller-than-threads': dbPoolSmallerThanThreads,
  'django-kept-connections': djangoKeptConnections,
  'request-below-need': requestBelowNeed,
  'autoscaler-target-too-high': autoscalerTargetTooHigh,
  'autoscaler-least-replicas': autoscalerLeastReplicas,
  'autoscaler-percent-of-request': autoscalerPercentOfRequest,
  'budget-blocks-drains': budgetBlocksDrains,
  'budget-protects-nothing': budgetProtectsNothing,
  'graceful-timeout-too-long': gracefulTimeoutTooLong,
  'set-twice': setTwice,
  'invalid-setting': invalidSetting,
};

export type RuleId = string;

/** Every rule by its id: those about any server, then each server's own. */
const RULES: Readonly<Record<RuleId, Rule>> = Object.assign({}, COMMON, ...MANUALS.map(({ rules }) => rules));

export const RULE_IDS: readonly RuleId[] = Object.keys(RULES);

export const isRuleId = (text: string): text is RuleId => Object.hasOwn(RULES, text);

export const ruleOf = (id: RuleId): Rule => RULES[id]!;

/** The rules that judge a server. */
export const rulesFor = (server: Server): readonly (readonly [RuleId, Rule])[] =>
  Object.entries<Rule>({ ...COMMON, ...manualOf(server).rules });
