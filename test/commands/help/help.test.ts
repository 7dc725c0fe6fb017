import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands/index.js';
import { OPTIONS, type OptionName } from '../../../src/input/options.js';
import { run } from '../../../src/main.js';
import { flagOf } from '../../../src/text/names.js';
import { madeUpHost } from '../../made-up-host.js';

async function help(argv: readonly string[], columns = 80) {
  const { host, out, err } = madeUpHost(argv, { columns });
  const code = await run(host);
  return { code, out: out(), err: err() };
}

describe('--help', () => {
  test('goes to stdout with exit code 0, names every command and every option of the default command', async () => {
    const { code, out, err } = await help(['--help']);
    expect([code, err]).toEqual([0, '']);
    for (const command of COMMANDS) expect(out).toContain(`\n  ${command.name} `);
    for (const name of COMMANDS[0]!.options) expect(out).toMatch(new RegExp(`^  ${flagOf(name)}[ ,]`, 'm'));
    expect(out).toMatch(/^Formats\n {2}table, .*json/m);
    expect(out).toMatch(/^Exit codes\n {2}0 {3}done/m);
  });

  test('is the same by -h and by wcalc help', async () => {
    const { out } = await help(['--help']);
    expect((await help(['-h'])).out).toBe(out);
    expect((await help(['help'])).out).toBe(out);
  });

  test('is answered whatever else is wrong', async () => {
    expect((await help(['--core', 'four', '--help'])).code).toBe(0);
    expect((await help(['queue', '--nonsense', '-h'])).out).toMatch(/^queue: /);
  });

  test.each(COMMANDS.map((command) => [command.name]))(
    'of %s has examples, arguments and options',
    async (name) => {
      const command = COMMANDS.find((one) => one.name === name)!;
      const { code, out } = await help([name, '--help']);
      expect(code).toBe(0);
      expect(out).toBe((await help(['help', name])).out);
      for (const option of command.options) expect(out).toContain(`  ${flagOf(option)}`);
      const joined = out.replaceAll(/ \\\n +/g, ' ');
      for (const example of command.examples) expect(joined).toContain(example.command);
      for (const { name: positional } of command.positionals) expect(out).toContain(positional.toUpperCase());
    },
  );

  test.each([40, 60, 80, 200])(
    'fits in %i columns, but for commands and words that do not',
    async (columns) => {
      const { out } = await help(['--help'], columns);
      const tooWide = out
        .split('\n')
        .filter(
          (line) =>
            line.length > columns && !/^ {2}(wcalc|source|#) ?/.test(line) && line.trim().includes(' '),
        );
      expect(tooWide).toEqual([]);
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(
        Math.max(columns, 110),
      );
    },
  );

  test('holds nothing that is not meant for people', async () => {
    for (const argv of [['--help'], ...COMMANDS.map(({ name }) => ['help', name])]) {
      expect((await help(argv)).out).not.toMatch(/undefined|\[object|NaN|\u001b/);
    }
  });
});

describe('wcalc help OPTION', () => {
  test('tells all about it', async () => {
    const { out } = await help(['help', 'per-worker']);
    expect(out).toContain('--per-worker SIZE\n');
    expect(out).toContain('accepted     MiB, such as 1024');
    expect(out).toContain('environment  WCALC_PER_WORKER');
    expect(out).toContain('wcalc.yaml   perWorker:');
    expect(out).toMatch(/commands {5}plan/);
  });

  test('of a size that is measured says how, within the width', async () => {
    const { out } = await help(['help', 'per-worker'], 60);
    expect(out).toContain('How to measure it\n');
    expect(out).toContain('wcalc detect');
    expect(out).toContain('/proc/PID/smaps_rollup');
    for (const line of out.split('\n').slice(3)) expect(line.length).toBeLessThanOrEqual(60);
    expect((await help(['help', 'cores'])).out).not.toContain('How to measure it');
  });

  test.each(['perWorker', '--per-worker'])('finds %s, too', async (topic) => {
    expect((await help(['help', '--', topic])).out).toBe((await help(['help', 'per-worker'])).out);
  });

  test('of a switch tells how to turn it off, of a repeatable option that it is, of others where they stand', async () => {
    expect((await help(['help', 'gil'])).out).toContain('to turn off  --no-gil');
    expect((await help(['help', 'slo'])).out).toContain('repeatable   yes');
    expect((await help(['help', 'batch'])).out).toContain('elsewhere  on the command line only');
    expect((await help(['help', 'timeout'])).out).toContain('default      30');
  });

  test('works for every option', async () => {
    for (const name of Object.keys(OPTIONS) as OptionName[]) {
      const { code, out } = await help(['help', '--', flagOf(name)]);
      expect(code).toBe(0);
      expect(out).not.toContain('undefined');
    }
  });

  test('of something unknown names the nearest', async () => {
    expect(await help(['help', 'per-wrker'])).toMatchObject({
      code: 2,
      err: 'wcalc: "per-wrker" is neither a command nor an option (did you mean per-worker?); wcalc --help lists both\n',
    });
    expect((await help(['help', 'plna'])).err).toContain('(did you mean plan?)');
  });
});
