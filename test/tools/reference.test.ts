import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS } from '../../src/commands/index.js';
import { OPTIONS } from '../../src/input/options.js';
import { flagOf } from '../../src/text/names.js';
import { BUILT, READ } from '../../tools/docs/reference/main.js';
import { hasTool } from '../support/require-tool.js';

const TEXTS = { ...BUILT, ...READ };
const text = (file: string): string => TEXTS[file]!();

test.each(Object.keys(TEXTS))(
  '%s is what the option table says; the build and npm run reference make them anew',
  (file) => {
    expect(readFileSync(file, 'utf8')).toBe(text(file));
  },
);

test('the reference page and the man page name every command and option', () => {
  for (const name of Object.keys(OPTIONS)) {
    expect(text('docs/reference.md')).toContain(`| \`${flagOf(name)}`);
    expect(text('dist/man/wcalc.1')).toContain(`\n.B ${flagOf(name).replaceAll('-', '\\-')}`);
  }
  for (const { name } of COMMANDS) {
    expect(text('docs/reference.md')).toContain(`\`wcalc ${name}`);
    expect(text('dist/man/wcalc.1')).toContain(`\n.B ${name}\n`);
  }
});

test('every table row has as many cells as its head', () => {
  let cells = 0;
  for (const line of text('docs/reference.md').split('\n')) {
    if (!line.startsWith('|')) cells = 0;
    else {
      const here = line.split(/(?<!\\)\|/).length;
      if (cells > 0) expect([line, here]).toEqual([line, cells]);
      cells = here;
    }
  }
});

test.skipIf(!hasTool('groff'))('groff finds nothing wrong with the man page', () => {
  const { stdout, stderr, status } = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-z'], {
    input: text('dist/man/wcalc.1'),
    encoding: 'utf8',
  });
  expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 });
});

describe('the schema of the configuration file', () => {
  const validate = new Ajv2020({ strict: false }).compile(
    JSON.parse(text('dist/schema/config-1.schema.json')),
  );

  test.each([
    'cores: 4\nmem: 1GiB\nperWorker: 256\nslo: [p95<250ms]\njson: true\nrules: {x: off}\nrate: null',
    'slo: wait<5%\nworkerClass: gthread\n$schema: ./config-1.schema.json',
  ])('accepts %j', (yaml) => {
    expect(validate(parse(yaml))).toBe(true);
  });

  test.each(['core: 4', 'workerClass: threads', 'cores: [4]', 'json: 3', 'batch: x'])(
    'refuses %j',
    (yaml) => {
      expect(validate(parse(yaml))).toBe(false);
    },
  );
});
