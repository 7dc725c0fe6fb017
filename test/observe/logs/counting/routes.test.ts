import { describe, expect, test } from 'vitest';
import {
  addRoutes,
  addToRoute,
  emptyRoutes,
  routeOf,
  routeQuantile,
} from '../../../../src/observe/logs/counting/routes.js';

const nameOf = (path: string, method = 'GET'): string => {
  const table = emptyRoutes();
  addToRoute(routeOf(table, method, path), 1);
  return [...table.byName.keys()][0]!;
};

describe('a route', () => {
  test.each([
    ['/', '/'],
    ['/users/17', '/users/:id'],
    ['/users/17/', '/users/:id/'],
    ['/17', '/:id'],
    ['/17/18/x/19', '/:id/:id/x/:id'],
    ['/users?page=17', '/users'],
    ['/users#part-17', '/users'],
    ['/users/17?a=b', '/users/:id'],
    ['https://shop.example/users/17', '/users/:id'],
    ['https://shop.example', '/'],
    ['/to?u=https://shop.example/x', '/to'],
    ['/to/https://shop.example/x', '/to/https://shop.example/x'],
    // versions and words with digits are names
    ['/v2/items', '/v2/items'],
    ['/oauth2/callback', '/oauth2/callback'],
    ['/abcdef', '/abcdef'],
    ['/deadbeef', '/deadbeef'],
    ['/deadbee1', '/:id'],
    ['/dead-bee', '/dead-bee'],
    ['/ead-bee1', '/:id'],
    ['/eadbee1', '/eadbee1'],
    ['/DEADBEE1', '/:id'],
    ['/deadbeg1', '/deadbeg1'],
    ['/0f8fad5b-d9cb-469f-a165-70867728950e', '/:id'],
    // sixteen letters, digits, dashes and underscores with four digits
    ['/AbCdEfGhIj_z1234', '/:id'],
    ['/AbCdEfGhIjzz1234', '/:id'],
    ['/AbCdEfGhIjklm123', '/AbCdEfGhIjklm123'],
    ['/AbCdEfGhIjz1234', '/AbCdEfGhIjz1234'],
    ['/AbCdEfGhIj.z1234', '/AbCdEfGhIj.z1234'],
    ['/1.5', '/1.5'],
  ])('of %s is %s', (path, route) => {
    expect(nameOf(path)).toBe(`GET ${route}`);
  });

  test('is one for all the ways to write it, and another for another method', () => {
    const table = emptyRoutes();
    for (const path of ['/users/1', '/users/2?x', '/users/1', '/users/:id'])
      addToRoute(routeOf(table, 'GET', path), 5);
    addToRoute(routeOf(table, 'PUT', '/users/1'), 7);
    expect([...table.byName].map(([name, { count, totalMs }]) => [name, count, totalMs])).toEqual([
      ['GET /users/:id', 4, 20],
      ['PUT /users/:id', 1, 7],
    ]);
  });

  test('is cut to what may be shown: 16 characters of a method, 200 of a path, nothing for a terminal', () => {
    expect(nameOf(`/${'a'.repeat(300)}`, 'M'.repeat(40))).toBe(`${'M'.repeat(16)} /${'a'.repeat(199)}`);
    expect(nameOf('/a\u001b[2J')).not.toContain('\u001b');
    expect(nameOf('', '-')).toBe('-');
  });
});

describe('many routes', () => {
  test('beyond two thousand count together, those that are known as before', () => {
    const table = emptyRoutes();
    for (let n = 0; n < 2100; n++)
      addToRoute(routeOf(table, 'GET', `/${'x'.repeat(1 + (n % 50))}/p${n}q`), 1);
    addToRoute(routeOf(table, 'GET', '/x/p0q'), 1);
    expect(table.byName.size).toBe(2001);
    expect(table.byName.get('(other routes)')).toMatchObject({ count: 100, totalMs: 100 });
    expect(table.byName.get('GET /x/p0q')?.count).toBe(2);
  });

  test('of many methods are told apart, though only thirty are looked up fast', () => {
    const table = emptyRoutes();
    for (let n = 0; n < 40; n++)
      for (const path of ['/a/1', '/a/2']) addToRoute(routeOf(table, `M${n}`, path), 1);
    expect(table.byName.size).toBe(40);
    expect([...table.byName.values()].every(({ count }) => count === 2)).toBe(true);
    expect(table.byMethod).toHaveLength(30);
  });

  test('of two logs add up, whether or not one tells durations', () => {
    const [to, from] = [emptyRoutes(), emptyRoutes()];
    const add = (table: typeof to, path: string, ...times: number[]) => {
      for (const ms of times) addToRoute(routeOf(table, 'GET', path), ms);
    };
    add(to, '/a', 10, 30);
    add(to, '/b', Number.NaN);
    add(from, '/a', 20, 50);
    add(from, '/b', 8);
    add(from, '/c', Number.NaN);
    addRoutes(to, from);
    const summary = [...to.byName].map(([name, { count, totalMs, largestMs }]) => [
      name,
      count,
      totalMs,
      largestMs,
    ]);
    expect(summary).toEqual([
      ['GET /a', 4, 110, 50],
      ['GET /b', 2, 8, 8],
      ['GET /c', 1, 0, 0],
    ]);
    expect(routeQuantile(to.byName.get('GET /a')!, 0.5)! / 20).toBeCloseTo(1, 1);
    expect(routeQuantile(to.byName.get('GET /a')!, 1)).toBe(50);
    expect(routeQuantile(to.byName.get('GET /b')!, 0.5)).toBeLessThanOrEqual(8);
    expect(routeQuantile(to.byName.get('GET /c')!, 0.5)).toBeNull();
  });
});
