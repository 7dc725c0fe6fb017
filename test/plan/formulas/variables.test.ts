import { expect, test } from 'vitest';
import { workersByFormula } from '../../../src/plan/formulas/evaluate.js';
import { userStrategies } from '../../../src/plan/formulas/strategies.js';
import { variablesOf } from '../../../src/plan/formulas/variables.js';
import { resolveProfile } from '../../../src/profile/resolve.js';

const values = {
  cores: 3,
  mem: 4000,
  perWorker: 101,
  shared: 50,
  perThread: 2,
  master: 30,
  cpuTime: 20,
  ioTime: 60,
  overhead: 0,
  threads: 7,
  replicas: 2,
  rate: 90,
} as const;

test('each variable of a formula is the value of its option, in MiB, ms, requests per second and erlangs of a replica', () => {
  expect(variablesOf(resolveProfile(values, {}))).toEqual({
    cores: 3,
    memory: 4000,
    perWorker: 101,
    shared: 50,
    perThread: 2,
    master: 30,
    reserve: 0,
    ioRatio: 0.75,
    serviceTime: 80,
    cpuTime: 20,
    ioTime: 60,
    rate: 45,
    load: 3.6,
    threads: 7,
    replicas: 2,
  });
});

test('without a rate there is no load, and threads are one where they are not given', () => {
  const { rate: _, threads: __, ...rest } = values;
  const variables = variablesOf(resolveProfile(rest, {}));
  expect([variables.rate, variables.load, variables.threads]).toEqual([null, null, 1]);
  expect(workersByFormula({ name: 'house', expression: 'threads * replicas' }, variables)).toBe(2);
});

test('what is no variable or function is refused with all that are', () => {
  const refused = (expression: string) => () =>
    workersByFormula({ name: 'house', expression }, variablesOf(resolveProfile(values, {})));
  expect(refused('core')).toThrow(
    /^--formula house: uses "core", which is no variable; accepted: cores, memory, perWorker, /,
  );
  expect(refused('sine(1)')).toThrow(/calls "sine", which formulas do not have; accepted: min, max, /);
});

test('each formula of the user gives a number of workers, under its name and as it was typed', () => {
  const formulas = [
    { name: 'house', expression: '2 * cores + 1' },
    { name: 'most', expression: '1000000' },
  ];
  expect(userStrategies({ ...resolveProfile(values, {}), formulas })).toEqual([
    { ...formulas[0], workers: 7 },
    { ...formulas[1], workers: 1_000_000 },
  ]);
});
