import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundledFolders, packageIn } from '../../tools/build/licences/bundled-packages.mjs';
import { thirdPartyNotices } from '../../tools/build/licences/notices.mjs';
import { isBuilt } from '../support/require-tool.js';

const bundled = (name: string, licence: string, texts = ['Permission is hereby granted']) => ({
  name,
  version: '1.0.0',
  licence,
  texts,
});

describe('thirdPartyNotices', () => {
  it('names each package with its licence and its texts, in the order of their names', () => {
    const text = thirdPartyNotices([bundled('z', 'ISC'), bundled('a', 'Apache-2.0', ['licence', 'notice'])]);
    expect(text).toMatch(
      /a 1\.0\.0 \(Apache-2\.0\)\n\nlicence\n\nnotice\n(?:.|\n)*z 1\.0\.0 \(ISC\)\n\nPermission is hereby granted\n$/,
    );
  });

  it.each(['(MIT OR GPL-3.0)', 'MIT AND ISC', 'Apache-2.0'])('accepts %s', (licence) => {
    expect(thirdPartyNotices([bundled('a', licence)])).toContain(`a 1.0.0 (${licence})`);
  });

  it.each(['GPL-3.0', 'MPL-2.0', 'MIT AND GPL-3.0', 'SEE LICENSE IN LICENSE.txt', 'MITNFA', ''])(
    'refuses %j by name',
    (licence) => {
      expect(() => thirdPartyNotices([bundled('good', 'MIT'), bundled('bad', licence)])).toThrow(
        /^bad 1\.0\.0 is bundled, but its licence is .+; accepted are 0BSD, /,
      );
    },
  );

  it('refuses a package that comes without its licence text, and names every fault', () => {
    expect(() => thirdPartyNotices([bundled('one', 'MIT', []), bundled('two', 'GPL-3.0')])).toThrow(
      /one 1\.0\.0 is bundled, but no licence text comes with it\ntwo 1\.0\.0/,
    );
  });
});

describe('bundled packages', () => {
  let place = '';
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'wcalc-licences-'));
  });
  afterEach(() => rmSync(place, { recursive: true, force: true }));

  it('are those that an output holds bytes of, nested ones by their own folder', () => {
    const inputs = {
      'src/cli.ts': { bytesInOutput: 5 },
      'node_modules/yaml/dist/a.js': { bytesInOutput: 5 },
      'node_modules/yaml/dist/b.js': { bytesInOutput: 9 },
      'node_modules/unused/index.js': { bytesInOutput: 0 },
      'node_modules/@lezer/lr/dist/index.js': { bytesInOutput: 1 },
      'node_modules/string-width/node_modules/emoji-regex/index.js': { bytesInOutput: 1 },
    };
    expect(bundledFolders([{ outputs: { a: { inputs } } }])).toEqual([
      'node_modules/@lezer/lr',
      'node_modules/string-width/node_modules/emoji-regex',
      'node_modules/yaml',
    ]);
  });

  it.each([
    [{ license: 'MIT' }, 'MIT'],
    [{ license: { type: 'ISC' } }, 'ISC'],
    [{ licenses: [{ type: 'MIT' }, { type: 'GPL-2.0' }] }, 'MIT OR GPL-2.0'],
    [{}, ''],
  ])('say their licence in package.json: %j', (fields, licence) => {
    writeFileSync(
      join(place, 'package.json'),
      JSON.stringify({ name: 'made-up', version: '2.0.0', ...fields }),
    );
    writeFileSync(join(place, 'LICENCE.md'), 'text\r\nof it\r\n');
    writeFileSync(join(place, 'NOTICE'), 'notice\n');
    mkdirSync(join(place, 'license-checker'));
    expect(packageIn(place)).toMatchObject({ name: 'made-up', licence, texts: ['text\nof it', 'notice'] });
  });
});

it.runIf(isBuilt('dist/THIRD-PARTY-NOTICES.txt'))(
  'every package whose name is in dist has its notice',
  () => {
    const notices = readFileSync('dist/THIRD-PARTY-NOTICES.txt', 'utf8');
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
    // yargs itself is told apart from its parser by no more than that it is loaded.
    const readme = readFileSync('README.md', 'utf8');
    const named = readme.split('\n').filter((line) => /^\| .*\|$/.test(line) && line.includes('bundled'));
    const packages = named.flatMap((line) =>
      line
        .split('|')[1]!
        .split(',')
        .map((name) => name.trim()),
    );
    expect(packages.length).toBeGreaterThan(5);
    for (const name of [...packages, ...Object.keys(dependencies)]) {
      expect({ ...dependencies, ...devDependencies }).toHaveProperty([name]);
      expect(notices, name).toMatch(new RegExp(`\\n${name === 'yargs' ? 'yargs-parser' : name} \\d+\\.\\d+`));
    }
    expect(readdirSync('dist')).toContain('THIRD-PARTY-NOTICES.txt');
  },
);
