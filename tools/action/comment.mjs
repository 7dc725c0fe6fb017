// Writes a file as a comment of the pull request, in place of the one that it wrote before. usage: comment.mjs FILE BASE
import { readFileSync } from 'node:fs';

const [file, base] = process.argv.slice(2);
const {
  GITHUB_API_URL = 'https://api.github.com',
  GITHUB_REPOSITORY,
  GITHUB_EVENT_PATH,
  INPUT_TOKEN,
  INPUT_KEY,
} = process.env;

const { number } = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8')).pull_request;
// Several steps may check several folders: each keeps a comment of its own.
const marker = `<!-- wcalc ${INPUT_KEY.replaceAll('-->', '')} -->`;
const body = `${marker}\n${readFileSync(file, 'utf8').replaceAll(`${base}/`, '')}`;
const comments = `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/issues`;

const MOST_PAGES = 20;
const PER_PAGE = 100;

const ask = (method, url, data) =>
  fetch(url, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${INPUT_TOKEN}`,
      'content-type': 'application/json',
    },
    body: data && JSON.stringify(data),
    redirect: 'error',
    signal: AbortSignal.timeout(20_000),
  });

/** Comments that begin with the marker; anybody may have written one. */
async function marked() {
  const found = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await ask('GET', `${comments}/${number}/comments?per_page=${PER_PAGE}&page=${page}`);
    if (!answer.ok) throw new Error(`the comments cannot be read (${answer.status})`);
    const list = await answer.json();
    found.push(...list.filter((comment) => comment.body?.startsWith(marker)));
    if (list.length < PER_PAGE) break;
  }
  return found;
}

async function write() {
  for (const { id } of await marked())
    if ((await ask('PATCH', `${comments}/comments/${id}`, { body })).ok) return;
  const answer = await ask('POST', `${comments}/${number}/comments`, { body });
  if (!answer.ok)
    throw new Error(`it cannot be written (${answer.status}); it needs the permission pull-requests: write`);
}

try {
  await write();
} catch (error) {
  // What could not be said does not fail the check.
  console.log(`::warning::wcalc: no comment: ${String(error.message).replace(/\s+/g, ' ')}`);
}
