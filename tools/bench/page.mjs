// How long the calculator's page takes to its first answer, and from an input to the answer redrawn, in Debian's Chromium.
// usage: node tools/bench/page.mjs
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const file = fileURLToPath(new URL('../../dist/assets/page.html', import.meta.url));
const ASKED = '#cores=8&mem=8GiB&perWorker=200&cpuTime=12&ioTime=60&rate=300&slo=p95<250ms';
const LOADS = 10;
const INPUTS = 30;

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});

/** From the start of the navigation to the answer in the document, as the page's own clock says. */
async function firstAnswer(question) {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('#answer .lead')) return;
      observer.disconnect();
      globalThis.answered = performance.now();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`file://${file}${question}`);
  await page.waitForFunction(() => globalThis.answered !== undefined);
  const answered = await page.evaluate(() => globalThis.answered);
  return { page, answered };
}

const firsts = { example: [], asked: [] };
for (let load = 0; load < LOADS; load += 1)
  for (const [name, question] of Object.entries({ example: '', asked: ASKED })) {
    const { page, answered } = await firstAnswer(question);
    firsts[name].push(answered);
    await page.close();
  }

const { page } = await firstAnswer(ASKED);
await page.waitForTimeout(500);
const redraws = await page.evaluate(async (inputs) => {
  const field = document.querySelector('#in-rate');
  const answer = document.querySelector('#answer');
  const samples = [];
  for (let n = 0; n < inputs; n += 1) {
    const redrawn = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve(performance.now());
      });
      observer.observe(answer, { childList: true, subtree: true });
    });
    field.value = String(200 + 7 * (n % 20));
    const from = performance.now();
    field.dispatchEvent(new Event('input', { bubbles: true }));
    samples.push((await redrawn) - from);
  }
  return samples;
}, INPUTS);
await browser.close();

const summary = (samples) => {
  const sorted = samples.toSorted((a, b) => a - b);
  return `median ${sorted[sorted.length >> 1].toFixed(1)} ms, slowest of ${sorted.length} ${sorted.at(-1).toFixed(1)} ms`;
};
console.log(`page of ${(statSync(file).size / 1000).toFixed(0)} kB`);
console.log(`first answer, the example: ${summary(firsts.example)} (at most 150)`);
console.log(`first answer, a rate and an objective: ${summary(firsts.asked)} (at most 150)`);
console.log(`from an input to the answer redrawn: ${summary(redraws)} (at most 50)`);
