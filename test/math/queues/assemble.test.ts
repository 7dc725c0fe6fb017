import { expect, test } from 'vitest';
import { overloadedResult, stableResult } from '../../../src/math/queues/assemble.js';
import { durationsOf } from '../../../src/math/queues/durations.js';

const wait = durationsOf(3, (t) => Math.exp(-t / 3));
const sojourn = durationsOf(5, (t) => Math.exp(-t / 5));
const solved = {
  arrivalRate: 0.5,
  servers: 4,
  serviceMean: 2,
  waitProbability: 0.1,
  wait,
  sojourn,
  exact: true,
  route: 'a route',
};

test('a stable queue has its numbers by Little’s law', () => {
  expect(stableResult(solved)).toEqual({
    stable: true,
    servers: 4,
    offeredLoad: 1,
    utilization: 0.25,
    waitProbability: 0.1,
    blockingProbability: 0,
    throughput: 0.5,
    meanQueueLength: 1.5,
    meanInSystem: 2.5,
    wait,
    sojourn,
    exact: true,
    route: 'a route',
  });
  expect(stableResult(solved)).not.toHaveProperty('errorBand');
  expect(stableResult({ ...solved, errorBand: '±1 %' }).errorBand).toBe('±1 %');
});

test('an overloaded queue has loads and a capacity, nothing else', () => {
  expect(overloadedResult(3, 2, 4)).toEqual({
    stable: false,
    servers: 4,
    offeredLoad: 6,
    utilization: 1,
    waitProbability: null,
    blockingProbability: 0,
    throughput: 2,
    meanQueueLength: null,
    meanInSystem: null,
    wait: null,
    sojourn: null,
    exact: true,
    route: 'overloaded: utilisation is 1 or more',
  });
});
