import type { ServerRule } from '../../rule.js';
import { backpressureLow } from './backpressure-low.js';
import { defaultThreads } from './default-threads.js';
import { maxRss } from './max-rss.js';
import { respawnLosesConnections } from './respawn-loses-connections.js';

export const GRANIAN_RULES: Readonly<Record<string, ServerRule>> = {
  'granian-default-threads': defaultThreads,
  'granian-backpressure': backpressureLow,
  'granian-max-rss': maxRss,
  'granian-respawn': respawnLosesConnections,
};
