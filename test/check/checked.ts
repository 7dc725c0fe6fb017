import type { Finding } from '../../src/check/result.js';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';

/** What `wcalc check` finds in some files; the first is the one that is named. */
export async function findingsIn(
  files: Readonly<Record<string, string>>,
  ...argv: readonly string[]
): Promise<readonly Finding[]> {
  const { host, out, err } = madeUpHost(['check', Object.keys(files)[0]!, '--json', ...argv], { files });
  const code = await run(host);
  if (code !== 0 && code !== 1) throw new Error(err());
  return JSON.parse(out()).findings;
}

/** What a rule finds in a `gunicorn.conf.py`; options as one line. */
export async function inConf(rule: string, conf: string, options = ''): Promise<readonly Finding[]> {
  const found = await findingsIn({ 'gunicorn.conf.py': `${conf}\n` }, ...options.split(' ').filter(Boolean));
  return found.filter((one) => one.rule === rule);
}

/** What a rule finds in a command of a Procfile; options as one line. */
export async function inCommand(rule: string, command: string, options = ''): Promise<readonly Finding[]> {
  const words = options.split(' ').filter(Boolean);
  const found = await findingsIn({ Procfile: `web: ${command}\n` }, '--env', 'WEB_CONCURRENCY=2', ...words);
  return found.filter((one) => one.rule === rule);
}

/** What a rule finds in a service of a Compose file, in lines of YAML below its name. */
export async function inCompose(rule: string, service: string, options = ''): Promise<readonly Finding[]> {
  const text = `services:\n  web:\n${service.replace(/^/gm, '    ')}\n`;
  const found = await findingsIn({ 'compose.yaml': text }, ...options.split(' ').filter(Boolean));
  return found.filter((one) => one.rule === rule);
}
