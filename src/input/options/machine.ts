import type { Option } from '../option.js';
import { cpu, memory, memoryOrShare, memoryOrZero } from '../types.js';

export const machineOptions = {
  cores: { type: cpu, group: 'Machine', help: 'CPU the server may use; a fractional quota stays fractional' },
  mem: { type: memory, group: 'Machine', help: 'memory the server may use' },
  perWorker: {
    type: memory,
    group: 'Memory',
    help: 'memory one worker adds (USS or PSS when preloading, RSS when not)',
  },
  shared: {
    type: memoryOrZero,
    group: 'Memory',
    help: 'memory all workers share once (preload, copy-on-write)',
    fallback: '0',
  },
  perThread: {
    type: memoryOrZero,
    group: 'Memory',
    help: 'memory a busy thread or in-flight request adds',
    fallback: '0',
  },
  master: { type: memoryOrZero, group: 'Memory', help: 'memory of the arbiter itself', fallback: '0' },
  reserve: { type: memoryOrShare, group: 'Memory', help: 'memory kept for anything else', fallback: '0' },
} as const satisfies Record<string, Option<unknown>>;
