import { describe, expect, it } from 'vitest';
import { oneServer, settingsText } from '../deployments/servers-of.js';

const ini = (...lines: string[]) => `[uwsgi]\n${lines.join('\n')}\n`;

describe('uwsgi.ini', () => {
  it('turns a switch on by its name alone', async () => {
    const server = await oneServer({ 'uwsgi.ini': ini('master', 'die-on-term ; stop', 'workers = 2') });
    expect(settingsText(server, 'master', 'die_on_term', 'workers')).toBe(
      'master=True@uwsgi.ini:2:1 die_on_term=True@uwsgi.ini:3:1 workers=2@uwsgi.ini:4:11',
    );
  });

  it.each([
    ['if-not-env = N', 'workers=4@uwsgi.ini:4:13'],
    ['if-env = N', 'workers=1@uwsgi.ini:2:11'],
    ['if-exists = /n', 'workers=? processes is set under a condition@uwsgi.ini:4:13'],
  ])('follows %s', async (condition, expected) => {
    const text = ini('workers = 1', condition, 'processes = 4', 'endif =');
    expect(settingsText(await oneServer({ 'uwsgi.ini': text }), 'workers')).toBe(expected);
  });

  it('leaves a condition on the environment open where a file of it was not given', async () => {
    const files = {
      'compose.yaml': 'services:\n  web: {image: x, env_file: web.env, command: uwsgi uwsgi.ini}\n',
      'uwsgi.ini': ini('if-not-env = UWSGI_PROCESSES', 'processes = 4', 'endif ='),
    };
    expect(settingsText(await oneServer(files), 'workers')).toContain('under a condition');
  });

  it('knows nothing of what a file that was not given sets', async () => {
    const server = await oneServer({ Procfile: 'web: uwsgi --ini other.ini\n' });
    expect(settingsText(server, 'die_on_term', 'cheaper')).toMatch(/^die_on_term=\? .* cheaper=\? /);
  });
});
