import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handlers } from '../../../src/input/handlers/handlers.js';

describe('mixed handlers', () => {
  test('are read from a text', () => {
    expect(handlers.parse('async=70%,threads:40=30%')).toEqual({
      kind: 'async+threads',
      threads: 40,
      mix: { looped: { share: 0.7 }, pooled: { share: 0.3 } },
    });
    expect(handlers.parse(' django = 0.25 , async = 0.75 ')).toMatchObject({ kind: 'async+django' });
  });

  test('are read from a list whose parts have times of their own', () => {
    const data = [
      { handlers: 'async', share: '70%', cpuTime: 5, ioTime: '45ms', cpuCv: 0.5 },
      { handlers: 'threads:8', share: 0.3, cpuTime: '20ms' },
    ];
    expect(handlers.parseObject!(data)).toEqual({
      kind: 'async+threads',
      threads: 8,
      mix: {
        looped: { share: 0.7, cpuTime: 5, ioTime: 45, cpuCv: 0.5 },
        pooled: { share: 0.3, cpuTime: 20 },
      },
    });
  });

  test('of which one kind has all requests are that kind', () => {
    expect(handlers.parse('async=100%')).toEqual(handlers.parse('async'));
    expect(handlers.parse('threads:7=100%,async=0%')).toEqual(handlers.parse('threads:7'));
  });

  test('read back from their text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 1000 }), (percent, threads) => {
        const mixed = handlers.parse(`async=${percent}%,threads:${threads}=${100 - percent}%`);
        expect(handlers.parse(handlers.format(mixed))).toEqual(mixed);
      }),
    );
  });

  test.each([
    ['async=70%,threads:40=20%', 'add to 90 %'],
    ['async=70%,threads:40', 'must give each kind of handlers its share'],
    ['async=50%,async=50%', 'names async twice'],
    ['async=20%,threads=40%,django=40%', 'mixes threads and django'],
    ['async=70%,gevent=30%', 'is not known'],
    ['async=-10%,threads=110%', 'share'],
    ['threads:0=30%,async=70%', 'N from 1 to 1000'],
    ['=', 'is not known'],
    [',', 'must give each kind'],
  ])('%s is refused with what is accepted', (text, message) => {
    expect(() => handlers.parse(text)).toThrow(message);
  });

  test.each([
    [{}, 'a list such as'],
    [[], 'a list such as'],
    [['async'], 'must be an object'],
    [[{ share: 1 }], 'needs its handlers'],
    [[{ handlers: 'async' }], 'needs its share'],
    [[{ handlers: 'async', share: '50%', cpu: 4 }], 'unknown key "cpu"'],
    [[{ handlers: 'async', share: '50%', cpuTime: 'soon' }], 'cpuTime: '],
    [[{ handlers: 'async', share: '50%', cpuTime: [] }], 'cpuTime takes'],
    [[{ handlers: 'async', share: 1, cpuTime: 4 }], 'one kind of handlers for all requests'],
  ])('%j is refused with what is accepted', (data, message) => {
    expect(() => handlers.parseObject!(data)).toThrow(message);
  });
});
