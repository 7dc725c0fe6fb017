import { expect, test } from 'vitest';
import { readEnvironment } from '../../src/input/environment.js';
import { slo } from '../support/slo.js';
import { ASK, READ } from './specs.js';

test('every option has a variable: WCALC_ and its name in capitals', () => {
  const { values, origins, warnings } = readEnvironment(ASK, {
    WCALC_CORES: '500m',
    WCALC_PER_WORKER: '1GiB',
    WCALC_JSON: 'yes',
    WCALC_GIL: '0',
    PATH: '/bin',
  });
  expect(values).toEqual({ cores: 0.5, perWorker: 1024, json: true, gil: false });
  expect(origins.perWorker).toEqual({ source: 'environment', where: 'WCALC_PER_WORKER' });
  expect(warnings).toEqual([]);
});

test('a repeatable option takes several values separated by semicolons', () => {
  expect(readEnvironment(ASK, { WCALC_SLO: 'p95<250ms; wait<5%;' }).values).toEqual({
    slo: slo('p95<250ms', 'wait<5%'),
  });
});

test('an empty variable, one of another command, and one that is no option are not read', () => {
  expect(
    readEnvironment(READ, {
      WCALC_SERVERS: '',
      WCALC_CORES: 'four',
      WCALC_DEBUG: '1',
      WCALC_HOME_OF_MINE: 'x',
      CORES: '4',
    }),
  ).toEqual({ values: {}, origins: {}, warnings: [] });
});

test('without any variable nothing is read', () => {
  expect(readEnvironment(ASK, { HOME: '/' })).toEqual({ values: {}, origins: {}, warnings: [] });
});

test('a variable that looks mistyped is told and ignored', () => {
  expect(readEnvironment(ASK, { WCALC_CORE: '4' })).toEqual({
    values: {},
    origins: {},
    warnings: ['the environment variable WCALC_CORE is not known and ignored (did you mean WCALC_CORES?)'],
  });
});

test('options of the command line alone have no variable', () => {
  expect(readEnvironment(ASK, { WCALC_BATCH: 'x', WCALC_CONFIG: 'y' }).values).toEqual({});
});

test('wrong values name their variables, all at once', () => {
  expect(() => readEnvironment(ASK, { WCALC_CORES: 'four', WCALC_MEM: '0' })).toThrow(
    /^WCALC_CORES: "four" is not a number; .*\nWCALC_MEM: must be greater than 0, got "0"; .*$/,
  );
});
