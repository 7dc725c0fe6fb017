import type { Option } from '../option.js';
import { choice, count, duration, ioRatio, number, objective, positiveShare, rate } from '../types.js';

export const requestOptions = {
  ioRatio: {
    type: ioRatio,
    group: 'Request',
    help: "share of a request's uncontended time spent waiting on I/O",
  },
  serviceTime: { type: duration, group: 'Request', help: 'mean uncontended time of one request' },
  cpuTime: { type: duration, group: 'Request', help: 'mean CPU time of one request' },
  ioTime: { type: duration, group: 'Request', help: 'mean I/O waiting of one request' },
  cv: { type: number, group: 'Request', help: 'coefficient of variation of the service time', fallback: '1' },
  cpuCv: { type: number, group: 'Request', help: 'coefficient of variation of the CPU time', fallback: '1' },
  ioCv: { type: number, group: 'Request', help: 'coefficient of variation of the I/O time', fallback: '1' },
  overhead: {
    type: duration,
    group: 'Request',
    help: 'CPU time the server itself adds to a request; 0.1 to 1 ms, docs/accuracy.md has what each server took',
    fallback: '0',
  },
  ioCalls: { type: count(0), group: 'Request', help: 'how many waits a request makes', fallback: '1' },
  cpuOrder: {
    type: choice('even', 'before-waits'),
    group: 'Request',
    help: 'CPU in equal parts around the waits, or all of it before them',
    fallback: 'even; before-waits with --overhead or for a trace',
  },
  rate: { type: rate, group: 'Request', help: 'arrival rate, of all --replicas together' },
  slo: {
    type: objective,
    group: 'Objective',
    help: 'objective: p95<250ms, mean<100ms, wait<5%',
    repeatable: true,
  },
  maxUtilization: {
    type: positiveShare,
    group: 'Objective',
    help: 'ceiling on the share of the capacity that the rate takes',
    fallback: '80%, where that can be had',
  },
} as const satisfies Record<string, Option<unknown>>;
