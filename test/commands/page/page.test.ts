import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { madeUpHost } from '../../made-up-host.js';
import { hasTool, isBuilt } from '../../support/require-tool.js';

const FILE = 'dist/assets/page.html';
const built = isBuilt(FILE);

describe.runIf(built)('the file', () => {
  const html = readFileSync(FILE, 'utf8');

  test('is small, and may reach nothing', () => {
    expect(html.length).toBeLessThan(600_000);
    expect(html).toMatch(/Content-Security-Policy" content="default-src 'none'/);
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  test('is what the command writes, to stdout and to a file', async () => {
    const printed = madeUpHost(['page']);
    expect([await run(printed.host), printed.out()]).toEqual([0, html]);
    const written = new Map<string, string>();
    const { host } = madeUpHost(['page', '--output', 'calculator.html']);
    const files = { ...host.files, writeText: (path: string, text: string) => void written.set(path, text) };
    expect(await run({ ...host, files })).toBe(0);
    expect([...written]).toEqual([['calculator.html', html]]);
  });
});

/** Random questions, the same in every run: mostly good ones. */
function questions(count: number): readonly Readonly<Record<string, string>>[] {
  let state = 20_261;
  const random = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const among = (...all: readonly string[]): string => all[Math.floor(random() * all.length)]!;
  return Array.from({ length: count }, () => ({
    cores: among('1', '2', '4', '500m', '8'),
    mem: among('512', '1024', '2GiB', '8GiB'),
    perWorker: among('60', '120MiB', '256'),
    ...(random() < 0.7 && { rate: among('5', '20/s', '600/min', '90') }),
    ...(random() < 0.6 && { serviceTime: among('40', '80ms', '0.2s') }),
    ...(random() < 0.5 && { ioRatio: among('0.5', '90%', '3:1') }),
    ...(random() < 0.4 && { slo: among('p95<300ms', 'mean<200ms, wait<20%') }),
    ...(random() < 0.3 && { workerClass: among('sync', 'gthread', 'asgi') }),
    ...(random() < 0.2 && { workers: among('2', '5') }),
    ...(random() < 0.2 && { gil: among('true', 'false') }),
  }));
}

/** The same answer with numbers of 5 digits: Chromium and Node differ in the last digits of exp and log. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, v) => (typeof v === 'number' ? Number(v.toPrecision(5)) : v)));

describe.runIf(built && hasTool('chromium'))('in Chromium', () => {
  const complaints: string[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ],
    });
    page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(file|blob):/.test(request.url())) complaints.push(request.url());
    });
    await page.goto(`file://${process.cwd()}/${FILE}`);
    await page.waitForSelector('#answer .lead');
  });

  afterAll(async () => {
    await browser?.close();
  });

  /** Asks the page until an expression holds; its policy forbids the page to evaluate it by itself. */
  async function until(expression: string): Promise<void> {
    for (let n = 0; n < 2000; n++) {
      if (await page.evaluate(`Boolean(${expression})`)) return;
      await page.waitForTimeout(5);
    }
    throw new Error(`never came true: ${expression}`);
  }

  /** Goes to a question by its address, and waits for the answer to it. */
  async function ask(question: Readonly<Record<string, string>>): Promise<void> {
    await page.evaluate(`
      document.querySelector('#texts').replaceChildren();
      document.querySelector('#problem').textContent = '';
      history.replaceState(null, '', ${JSON.stringify(`#${new URLSearchParams(question)}`)});
      dispatchEvent(new PopStateEvent('popstate'));
    `);
    await until(
      `document.querySelector('#texts pre') || document.querySelector('#problem').textContent ||
        Array.from(document.querySelectorAll('.wrong')).some((wrong) => wrong.textContent)`,
    );
  }

  test('answers the example first, and unfolds only what is asked for', async () => {
    await expect(page.locator('#answer .lead').textContent()).resolves.toMatch(/^4 sync workers/);
    await expect(page.locator('#question details[open]').count()).resolves.toBe(0);
  });

  test('gives the numbers of the command for 200 random questions', async () => {
    for (const question of questions(200)) {
      await ask(question);
      const problem = await page.locator('#problem').textContent();
      const command = problem ? null : await page.locator('#texts pre').first().textContent();
      const argv = Object.entries(question).flatMap(([name, value]) => {
        const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
        if (name === 'gil') return [value === 'true' ? flag : '--no-gil'];
        return name === 'slo' ? value.split(', ').flatMap((limit) => [flag, limit]) : [flag, value];
      });
      const { host, out, err } = madeUpHost([...argv, '--json']);
      await run(host);
      if (problem) expect(`wcalc: ${problem}`).toBe(err().trim());
      else {
        const shown = await page.locator('#texts pre').last().textContent();
        expect(rounded(JSON.parse(shown!))).toEqual(rounded(JSON.parse(out())));
        expect(command).toContain(`--cores ${question.cores}`);
      }
    }
  }, 240_000);

  test('shows the chart after the answer, one at a time, the last of what was asked', async () => {
    await ask({ cores: '2', mem: '1024', perWorker: '100' });
    for (const cores of ['3', '4', '8']) await page.fill('#in-cores', cores);
    await until("document.querySelectorAll('#answer #chart svg').length === 1");
    const before = await page.locator('#chart').innerHTML();
    await page.fill('#in-cores', '1');
    await until(`document.querySelector('#chart').innerHTML !== ${JSON.stringify(before)}`);
    await expect(page.locator('#answer #chart').count()).resolves.toBe(1);
  });

  test('says what is wrong in the words of the command, beside the input', async () => {
    await ask({ cores: '4', mem: '1024', perWorker: '256' });
    await page.fill('#in-mem', '1 gigabyte');
    await until(`document.querySelector('#in-mem-wrong').textContent !== ''`);
    const { host, err } = madeUpHost(['--cores', '4', '--mem', '1 gigabyte', '--per-worker', '256']);
    await run(host);
    const said = await page.locator('#in-mem-wrong').textContent();
    expect(`wcalc: ${said}`).toBe(err().trim());
    await expect(page.locator('#in-mem').getAttribute('aria-invalid')).resolves.toBe('true');
    await expect(page.locator('#answer').getAttribute('class')).resolves.toBe('stale');
  });

  test('keeps the question in the address, and goes back in history', async () => {
    await ask({ cores: '4', mem: '1024', perWorker: '256' });
    await page.fill('#in-cores', '2');
    await page.locator('#in-cores').blur();
    await until(`location.hash.includes('cores=2')`);
    await page.goBack();
    await until(`document.querySelector('#in-cores').value === '4'`);
  });

  test('takes text as text', async () => {
    await ask({ cores: '<img src=x onerror=alert(1)>', mem: '1024', perWorker: '256' });
    await expect(page.locator('img').count()).resolves.toBe(0);
  });

  test.each([
    ['light', 1100],
    ['dark', 390],
  ] as const)('has no fault that axe knows, %s and %i pixels wide', async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await ask({ cores: '4', mem: '2GiB', perWorker: '200', rate: '60', slo: 'p95<400ms' });
    const context = await browser.newContext({
      bypassCSP: true,
      colorScheme,
      viewport: { width, height: 900 },
    });
    const tested = await context.newPage();
    await tested.goto(page.url());
    await tested.waitForSelector('#answer .lead');
    await tested.addScriptTag({ content: axe.source });
    const violations = await tested.evaluate(
      `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0]?.html]))`,
    );
    await context.close();
    expect(violations).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test('reaches nothing, and complains of nothing', () => {
    expect(complaints).toEqual([]);
  });
});
