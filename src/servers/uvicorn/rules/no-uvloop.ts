import type { ServerRule } from '../../rule.js';
import { textValue } from '../../settings/setting-value.js';

export const noUvloop: ServerRule = {
  severity: 'warning',
  title: 'one worker takes the whole burst',
  summary: 'several workers run on the asyncio loop',
  why: 'The asyncio loop accepts every connection that waits when it is woken, up to the backlog: a burst lands on one worker while the others are idle. uvloop takes one connection at a time, so that the workers share it.',
  fix: 'Install uvicorn[standard] and leave --loop to auto, or set --loop uvloop.',
  source: 'CPython Lib/asyncio/selector_events.py; libuv ChangeLog 1.45; uvloop 0.18',
  check({ deployment, workers }) {
    const loop = textValue(deployment, 'loop', 'auto');
    if (loop.value !== 'asyncio' || (workers.value ?? 0) < 2) return null;
    return {
      at: loop.at,
      message: `on the asyncio loop one of ${workers.value} workers takes all connections of a burst`,
      fix: 'set --loop uvloop, or leave it to auto with uvicorn[standard]',
      numbers: { workers: workers.value, loop: 'asyncio' },
    };
  },
};
