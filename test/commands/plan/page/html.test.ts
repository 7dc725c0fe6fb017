import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../../src/main.js';
import { madeUpHost } from '../../../made-up-host.js';
import { hasTool } from '../../../support/require-tool.js';

const QUESTION = [
  '--cores',
  '4',
  '--mem',
  '1024',
  '--per-worker',
  '100',
  '--io-ratio',
  '0.8',
  '--slo',
  'p95<400ms',
];

async function printed(...more: string[]): Promise<string> {
  const rate = more.includes('--rate') ? [] : ['--rate', '60'];
  const made = madeUpHost([...QUESTION, ...rate, ...more]);
  await run(made.host);
  return made.out();
}

test('the report is one small file without a word from the network', async () => {
  const html = await printed('--format', 'html');
  expect(html.length).toBeLessThan(400_000);
  expect(html).toContain("default-src 'none'");
  const withoutNames = html.replaceAll('http://www.w3.org/2000/svg', '');
  expect(withoutNames).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  expect(html).not.toMatch(/\b(?:NaN|Infinity|undefined)\b(?![^<]*<\/script>)/);
});

test('what a user typed cannot become markup', async () => {
  const html = await printed('--format', 'html', '--formula', 'x</script><img>=1').catch(() => '');
  expect(html).not.toContain('<img>');
});

describe.runIf(hasTool('chromium'))('in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wcalc-report-'));
  const complaints: string[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    writeFileSync(join(folder, 'plan.html'), await printed('--format', 'html'));
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(request.url());
    });
    await page.goto(`file://${join(folder, 'plan.html')}`);
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const shown = (id: string) => page.locator(`#${id}`).textContent();

  test('the page shows the command’s numbers, to the last digit', async () => {
    const table = await printed();
    const [, mean, p95, p99] =
      /mean ([\d.]+ m?s)(?: ± [\d.]+%)?, p95 ([\d.]+ m?s)(?: ± [\d.]+%)?, p99 ([\d.]+ m?s)/.exec(
        table.replace(/\s+/g, ' '),
      )!;
    expect([await shown('now-mean'), await shown('now-p95'), await shown('now-p99')]).toEqual([
      mean,
      p95,
      p99,
    ]);
    expect(table).toContain(`capacity   ${await shown('now-capacity')} at most`);
  });

  test('after moving sliders it shows what the command says of that configuration', async () => {
    await page.locator('#slider-workers').fill('3');
    await page.locator('#slider-rate').fill('80');
    const threads = await page.locator('#slider-threads').inputValue();
    const fixed = await printed(
      '--rate',
      '80',
      '--workers',
      '3',
      '--threads',
      threads,
      '--worker-class',
      'gthread',
      '--worker-connections',
      threads,
    );
    expect(fixed.slice(fixed.indexOf('As given'))).toContain(`p95 ${await shown('now-p95')}`);
  });

  test('what was assumed has a slider, after which it shows what the command says of that value', async () => {
    await page.locator('#reset').click();
    await expect.poll(() => shown('slider-serviceTimeMs-value')).toBe('100 ms');
    await page.locator('#slider-serviceTimeMs').fill('60');
    await page.locator('#slider-cpuCv').fill('2');
    const [workers, threads] = await Promise.all(
      ['workers', 'threads'].map((id) => page.locator(`#slider-${id}`).inputValue()),
    );
    const said = ['--service-time', '60ms', '--cpu-cv', '2', '--worker-class', 'gthread'];
    const sizes = ['--workers', workers!, '--threads', threads!, '--worker-connections', threads!];
    const fixed = await printed(...said, ...sizes);
    expect(fixed.slice(fixed.indexOf('As given'))).toContain(`p95 ${await shown('now-p95')}`);
    expect(await page.locator('#slider-ioRatio').count()).toBe(0);
    await page.locator('#reset').click();
  });

  test('the keyboard moves a slider and the numbers follow', async () => {
    const before = await shown('now-p95');
    await page.locator('#slider-workers').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await shown('now-p95')).not.toBe(before);
  });

  test.each(['light', 'dark'] as const)(
    'text has a contrast of at least 4.5 to 1 (%s)',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      const worst = await page.evaluate(CONTRAST);
      expect(worst.ratio, worst.text).toBeGreaterThanOrEqual(4.5);
    },
  );

  test('every control has a name and every table a head', async () => {
    const nameless = await page.evaluate(
      "[...document.querySelectorAll('input,button')].filter((e) => !(e.labels?.length || e.getAttribute('aria-label') || e.textContent.trim())).length",
    );
    expect(nameless).toBe(0);
    expect(
      await page.evaluate(
        "[...document.querySelectorAll('table')].every((t) => t.querySelector('th[scope]'))",
      ),
    ).toBe(true);
  });

  /** What a page answers, made by a command of its own, in a window of some width. */
  async function answered<T>(
    expression: string,
    width: number,
    media: 'screen' | 'print',
    ...argv: string[]
  ) {
    const file = join(folder, 'other.html');
    writeFileSync(file, await printed('--format', 'html', ...argv));
    const other = await browser.newPage({ viewport: { width, height: 900 } });
    await other.emulateMedia({ media });
    await other.goto(`file://${file}`);
    await other.waitForFunction("document.querySelector('#verdict').textContent.length > 1");
    const answer = (await other.evaluate(expression)) as T;
    await other.close();
    return answer;
  }

  const GIVEN = ['--workers', '2', '--threads', '9', '--worker-class', 'gthread', '--reserve', '10%'];
  const VERDICT = "document.querySelector('#verdict').textContent";

  test('an objective of any kind is said to be missed where it is, and met where it is', async () => {
    const asked = ['--rate', '78', '--slo', 'p99<150ms', ...GIVEN];
    expect(await answered(VERDICT, 1100, 'screen', ...asked)).toBe('Misses p95<400ms and p99<150ms.');
    const easy = ['--rate', '20', '--slo', 'p99<9s', ...GIVEN, '--max-utilization', '90%'];
    expect(await answered(VERDICT, 1100, 'screen', ...easy)).toBe('Meets the objective.');
    const busy = ['--rate', '60', '--slo', 'p99<9s', ...GIVEN, '--max-utilization', '50%'];
    expect(await answered(VERDICT, 1100, 'screen', ...busy)).toContain('the ceiling on utilisation');
  });

  test.each([
    ['gevent', '--rate', '60'],
    ['uvicorn', '--rate', '60'],
    ['uvicorn', '--timeout', '30'],
  ])('the memory of requests in flight is that of the plan (%s %s)', async (workerClass, ...more) => {
    const asked = ['--worker-class', workerClass, '--per-thread', '1.5', ...more];
    const [, planned] = /memory +(\S+ MiB) of/.exec(await printed(...asked))!;
    const memory = "document.querySelector('#now-memory').textContent";
    expect(await answered(memory, 1100, 'screen', ...asked)).toBe(planned);
  });

  test('a configuration that was given does not hide what wcalc recommends', async () => {
    const html = await printed('--format', 'html', ...GIVEN);
    const [, recommended] = /^(.*)\n/.exec(await printed(...GIVEN))!;
    expect(html).toContain('<h1>2 gthread workers × 9 threads</h1>');
    expect(html).toContain(`<strong>${recommended}</strong>`);
  });

  test.each([320, 360, 768, 1400])('a window %i wide has nothing beyond its edge', async (width) => {
    const asked = ['--formula', `a${'very'.repeat(6)}longname=cores`, ...GIVEN];
    expect(await answered('document.documentElement.scrollWidth', width, 'screen', ...asked)).toBe(width);
  });

  test('the chart is drawn for the width there is, its text not shrunk with it', async () => {
    const scale = "document.querySelector('#chart svg').getScreenCTM().a";
    expect(await answered(scale, 360, 'screen', ...GIVEN)).toBeCloseTo(1, 1);
  });

  test('on paper every table is there in full', async () => {
    const cut =
      "[...document.querySelectorAll('.scroll')].filter((e) => e.firstChild.offsetWidth > innerWidth || getComputedStyle(e).overflowX !== 'visible').length";
    const asked = ['--formula', `a${'very'.repeat(6)}longname=cores`, ...GIVEN];
    expect(await answered(cut, 680, 'print', ...asked)).toBe(0);
  });

  test('nothing complained: no errors, no requests', () => {
    expect(complaints).toEqual([]);
  });
});

/** Least WCAG 2 contrast of any visible text against the nearest background behind it. */
const CONTRAST = `(() => {
  const channel = (v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const backdrop = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  let worst = { ratio: 21, text: '' };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || ['SCRIPT', 'STYLE', 'TITLE', 'title', 'desc', 'style'].includes(e.tagName)) continue;
    const style = getComputedStyle(e);
    const ink = rgb(e.closest('svg') && e.tagName !== 'svg' ? (style.fill === 'none' ? style.color : style.fill) : style.color);
    const [a, b] = [luminance(ink), luminance(backdrop(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst.ratio) worst = { ratio, text: e.tagName + ': ' + walk.currentNode.textContent.trim().slice(0, 40) };
  }
  return worst;
})()` as unknown as () => { ratio: number; text: string };
