import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../../src/check/registry.js';
import { run } from '../../src/main.js';
import { fixture, hostIn } from './project-host.js';

const optionsOf = (directory: string): string[] =>
  readFileSync(`${directory}/options`, 'utf8')
    .split('\n')
    .filter((line) => line !== '');

async function report(
  directory: string,
  ...more: string[]
): Promise<{ out: string; err: string; code: number }> {
  const made = hostIn(directory, ['check', ...optionsOf(directory), ...more]);
  const code = await run(made.host);
  return { out: made.out(), err: made.err(), code };
}

async function brokenRules(directory: string): Promise<string[]> {
  const { out } = await report(directory, '--json');
  return (JSON.parse(out).findings as { rule: string }[]).map(({ rule }) => rule);
}

/** Predicted times belong to the tests of the model. */
const withoutPredictions = (text: string): string =>
  text.replace(/(the predicted \w+ is) \S+ m?s/g, '$1 N ms');

describe.each(RULE_IDS)('rule %s', (rule) => {
  const [fires, passes] = [fixture('rules', rule, 'fires'), fixture('rules', rule, 'passes')];

  it('has a file that breaks it and a near miss', () => {
    expect(existsSync(fires) && existsSync(passes)).toBe(true);
  });

  it('fires, and says so as recorded', async () => {
    const { out, err } = await report(fires, '--quiet');
    expect(err).toBe('');
    expect(await brokenRules(fires)).toContain(rule);
    await expect(withoutPredictions(out)).toMatchFileSnapshot(`${fires}/expected.txt`);
  });

  it('does not fire on the near miss', async () => {
    const { err } = await report(passes, '--quiet');
    expect(err).toBe('');
    expect(await brokenRules(passes)).not.toContain(rule);
  });
});
