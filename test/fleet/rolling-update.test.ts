import { describe, expect, test } from 'vitest';
import { desiredReplicas, targetRate } from '../../src/fleet/autoscaling.js';
import { rollingUpdate } from '../../src/fleet/rolling-update.js';

const share = (percent: number) => ({ kind: 'share', share: percent / 100 }) as const;
const count = (replicas: number) => ({ kind: 'count', replicas }) as const;

describe('an update rounds as Kubernetes does', () => {
  // "Max Surge … The absolute number is calculated from the percentage by rounding up", "Max Unavailable … by rounding down":
  // kubernetes.io, Deployments, with 30 % as the example.
  test.each([
    [10, share(30), share(30), { surge: 3, unavailable: 3 }],
    [4, share(25), share(25), { surge: 1, unavailable: 1 }],
    [3, share(25), share(25), { surge: 1, unavailable: 0 }],
    [5, share(25), share(25), { surge: 2, unavailable: 1 }],
    [1, share(25), share(25), { surge: 1, unavailable: 0 }],
    [7, count(2), count(0), { surge: 2, unavailable: 0 }],
    [2, count(0), share(25), { surge: 0, unavailable: 1 }],
  ])('%i replicas', (replicas, surge, maxUnavailable, expected) => {
    expect(rollingUpdate(replicas, { surge, maxUnavailable })).toEqual(expected);
  });
});

describe('the autoscaler', () => {
  // kubernetes.io, Horizontal Pod Autoscaling: "if the current metric value is 200m, and the desired value is 100m, the number
  // of replicas will be doubled …; if the current value is instead 50m, you will halve the number", and nothing within 0.1.
  test.each([
    [3, 200, 100, 6],
    [4, 50, 100, 2],
    [5, 109, 100, 5],
    [5, 91, 100, 5],
    [5, 111, 100, 6],
  ])('%i replicas at %i of %i', (current, metric, target, desired) => {
    expect(desiredReplicas(current, metric, target)).toBe(desired);
  });

  test('is held so low that growth, tolerance and a loss together just reach the limit', () => {
    const target = targetRate(110, { growthPerMinute: 0.25, reactionMs: 120_000, replicas: 4, gone: 1 });
    expect(target * 1.1 * (1 + 0.25 * 2) * (4 / 3)).toBeCloseTo(110, 9);
  });
});
