// Writes a Gunicorn access log of a given size to stdout: Poisson arrivals, lognormal service times, made-up routes.
// usage: node tools/bench/fit/generate-log.mjs MIB [SEED] > access.log
import { once } from 'node:events';

const [mib = '100', seedText = '1'] = process.argv.slice(2);
const wanted = Number(mib) * 1024 * 1024;

/** mulberry32: small and good enough to fill a log. */
let state = Number(seedText) >>> 0;
function uniform() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const exponential = (mean) => -mean * Math.log(1 - uniform());
const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

const RATE = 120;
const MEAN_MS = 60;
const LOG_SIGMA = 0.8;
const ROUTES = [
  '/',
  '/api/items',
  '/api/items/ID',
  '/users/ID/orders/ID',
  '/search?q=ID',
  '/static/app.js',
  '/login',
];
const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'curl/8.5.0',
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n) => String(n).padStart(2, '0');
const pick = (list) => list[Math.floor(uniform() * list.length)];

let second = -1;
let stamp = '';
function clf(ms) {
  if (Math.floor(ms / 1000) === second) return stamp;
  second = Math.floor(ms / 1000);
  const d = new Date(ms);
  const time = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
  stamp = `[${two(d.getUTCDate())}/${MONTHS[d.getUTCMonth()]}/${d.getUTCFullYear()}:${time} +0000]`;
  return stamp;
}

let now = Date.UTC(2026, 0, 5);
let written = 0;
while (written < wanted) {
  let block = '';
  while (block.length < 1 << 20 && written + block.length < wanted) {
    now += exponential(1000 / RATE);
    const us = Math.round(1000 * MEAN_MS * Math.exp(LOG_SIGMA * normal() - LOG_SIGMA ** 2 / 2));
    const path = pick(ROUTES).replaceAll('ID', () => String(Math.floor(uniform() * 1e6)));
    const bytes = Math.floor(200 + uniform() * 20000);
    block += `10.0.${Math.floor(uniform() * 256)}.${Math.floor(uniform() * 256)} - - ${clf(now)} "GET ${path} HTTP/1.1" 200 ${bytes} "-" "${pick(AGENTS)}" ${us} <${4000 + Math.floor(uniform() * 8)}>\n`;
  }
  written += block.length;
  if (!process.stdout.write(block)) await once(process.stdout, 'drain');
}
