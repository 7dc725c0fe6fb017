import type { Option } from '../option.js';
import { count, duration, path } from '../types.js';

/** Options of `wcalc detect` alone. */
export const detectOptions = {
  root: {
    type: path,
    group: 'Input',
    help: 'read /proc and /sys below this directory',
    fallback: '/',
    flagOnly: true,
  },
  watch: {
    type: duration,
    group: 'Input',
    help: 'watch running servers for this long: growth, peak, I/O ratio',
    fallback: 'one look',
    flagOnly: true,
  },
  pid: {
    type: count(),
    group: 'Input',
    help: 'the server with this master process, where several run',
    flagOnly: true,
  },
} as const satisfies Record<string, Option<unknown>>;
