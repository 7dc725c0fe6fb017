import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';
import { hasTool } from '../support/require-tool.js';

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
    const [, mean, p95, p99] = /mean ([\d.]+ m?s), p95 ([\d.]+ m?s), p99 ([\d.]+ m?s)/.exec(table)!;
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
