// How long the HTML report takes from a slider's move to numbers and chart redrawn, in Debian's Chromium.
// usage: node tools/bench/report.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const bin = fileURLToPath(new URL('../../bin/wcalc.cjs', import.meta.url));
const question = [
  '--cores',
  '8',
  '--mem',
  '8GiB',
  '--per-worker',
  '200',
  '--cpu-time',
  '12',
  '--io-time',
  '60',
  '--rate',
  '300',
  '--workers',
  '16',
  '--threads',
  '32',
  '--quiet',
];
const folder = mkdtempSync(join(tmpdir(), 'wcalc-report-'));
const html = execFileSync(process.execPath, [bin, ...question, '--format', 'html'], {
  encoding: 'utf8',
  maxBuffer: 1 << 26,
});
writeFileSync(join(folder, 'plan.html'), html);

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const page = await browser.newPage();
await page.goto(`file://${join(folder, 'plan.html')}`);
await page.waitForTimeout(500);
const times = await page.evaluate(async () => {
  const slider = document.querySelector('#slider-workers');
  const chart = document.querySelector('#chart');
  const samples = [];
  for (let move = 0; move < 30; move += 1) {
    const redrawn = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve(performance.now());
      });
      observer.observe(chart, { childList: true, subtree: true });
    });
    slider.value = String(4 + (move % 24));
    const from = performance.now();
    slider.dispatchEvent(new Event('input'));
    samples.push((await redrawn) - from);
  }
  return samples;
});
await browser.close();
rmSync(folder, { recursive: true });

const sorted = times.toSorted((a, b) => a - b);
console.log(`page of ${(html.length / 1000).toFixed(0)} kB; 8 cores, 16 × 32 gthread`);
console.log(
  `slider move to numbers and chart redrawn: median ${sorted[15].toFixed(1)} ms, slowest of 30 ${sorted[29].toFixed(1)} ms (at most 50)`,
);
