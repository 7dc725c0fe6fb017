import type { ServerRule } from '../../rule.js';
import { countValue } from '../../settings/setting-value.js';
import { listensAlone, RESPAWN_SECONDS } from '../facts.js';

export const respawnLosesConnections: ServerRule = {
  severity: 'note',
  title: 'connections lost when a worker is replaced',
  summary: 'workers are replaced by age or memory, and each has its own listener',
  why: 'From 2.8 each worker listens by itself. What waits in the queue of one that ends is lost unless the kernel moves it, and its successor listens only once the application is imported.',
  fix: 'Set net.ipv4.tcp_migrate_req=1 (Linux 5.14 and later), and --respawn-interval above the time that an import takes.',
  source: 'granian README.md; granian/server/common.py',
  check({ deployment, version }) {
    const lifetime = countValue(deployment, 'workers_lifetime', 0);
    const cap = countValue(deployment, 'workers_max_rss', 0);
    const cause = lifetime.value ? lifetime : cap;
    if (!listensAlone(version) || !cause.value) return null;
    return {
      at: cause.at,
      message: `connections that wait at a worker which is replaced are lost, and its successor has ${RESPAWN_SECONDS} s to import the application`,
      fix: 'set net.ipv4.tcp_migrate_req=1, and --respawn-interval above the time of an import',
      numbers: { respawnSeconds: RESPAWN_SECONDS },
      byVersion: true,
    };
  },
};
