import { describe, expect, test } from 'vitest';
import { littleNumber, littleRate, littleTime } from '../../../src/math/queues/little.js';

describe("Little's law", () => {
  test('each way round', () => {
    expect(littleNumber(4, 0.5)).toBe(2);
    expect(littleTime(2, 4)).toBe(0.5);
    expect(littleRate(2, 0.5)).toBe(4);
    expect(littleNumber(0, 0)).toBe(0);
  });

  test.each([
    [() => littleNumber(-1, 1), /rate/],
    [() => littleNumber(1, -1), /meanTime/],
    [() => littleTime(-1, 1), /meanNumber/],
    [() => littleTime(1, 0), /rate/],
    [() => littleRate(-1, 1), /meanNumber/],
    [() => littleRate(1, 0), /meanTime/],
  ])('wrong inputs are refused (%#)', (call, message) => {
    expect(call).toThrow(message);
  });
});
