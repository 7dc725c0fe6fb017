import { describe, expect, it } from 'vitest';
import { oneServer, projectOf, settingsText } from './servers-of.js';

const service = (command: string, more: string, top = '') =>
  `services:\n  web:\n    image: shop\n    command: ${command}\n${more}${top}`;

describe('what Compose mounts into a service', () => {
  it('is read where the server reads it: a config by its text', async () => {
    const server = await oneServer({
      'compose.yaml': service(
        'gunicorn -c /etc/gunicorn.conf.py shop:app',
        '    configs: [{source: settings, target: /etc/gunicorn.conf.py}]\n',
        'configs:\n  settings:\n    content: |\n      # for all\n      workers = 12\n',
      ),
    });
    expect(settingsText(server, 'workers')).toBe('workers=12@compose.yaml:10:17');
  });

  it.each([
    ['configs: [conf.py]', 'configs:\n  conf.py: {file: ./deploy/prod.py}\n', '/conf.py'],
    ['configs: [{source: c, target: /app/c.py}]', 'configs:\n  c: {file: ./deploy/prod.py}\n', '/app/c.py'],
    ['secrets: [c.py]', 'secrets:\n  c.py: {file: ./deploy/prod.py}\n', '/run/secrets/c.py'],
    [
      'secrets: [{source: c, target: d.py}]',
      'secrets:\n  c: {file: ./deploy/prod.py}\n',
      '/run/secrets/d.py',
    ],
    ['volumes: ["./deploy/prod.py:/etc/c.py:ro"]', '', '/etc/c.py'],
    ['volumes: [{type: bind, source: ./deploy, target: /etc/conf}]', '', '/etc/conf/prod.py'],
  ])('or by its file: %s', async (mount, top, path) => {
    const server = await oneServer(
      { 'compose.yaml': service(`gunicorn -c ${path} shop:app`, `    ${mount}\n`, top) },
      { 'deploy/prod.py': 'workers = 7\n' },
    );
    expect(settingsText(server, 'workers')).toBe('workers=7@deploy/prod.py:1:11');
  });

  it('stands over a file of the project that has the same name, and counts where no name is given', async () => {
    const files = {
      'compose.yaml': service('gunicorn shop:app', '    volumes: ["./prod.py:/app/gunicorn.conf.py"]\n'),
      'gunicorn.conf.py': 'workers = 2\n',
    };
    const { deployments } = await projectOf(files, { 'prod.py': 'workers = 9\n' });
    const web = deployments.find(({ platform }) => platform === 'compose')!;
    expect(settingsText(web, 'workers')).toBe('workers=9@prod.py:1:11');
  });

  it('is not known where it is kept elsewhere, whatever stands beside', async () => {
    const server = await oneServer(
      {
        'compose.yaml': service(
          'gunicorn -c /etc/gunicorn.conf.py shop:app',
          '    configs: [{source: settings, target: /etc/gunicorn.conf.py}]\n',
          'configs:\n  settings: {external: true}\n',
        ),
      },
      { 'gunicorn.conf.py': 'workers = 2\n' },
    );
    expect(settingsText(server, 'workers')).toMatch(
      /^workers=\? \/etc\/gunicorn\.conf\.py was not given, so what it sets is not known@/,
    );
  });

  it('holds scripts too', async () => {
    const server = await oneServer(
      { 'compose.yaml': service('/start.sh', '    volumes: ["./bin/web.sh:/start.sh"]\n') },
      { 'bin/web.sh': 'exec gunicorn -w 5 shop:app\n', 'start.sh': 'exec gunicorn -w 1 shop:app\n' },
    );
    expect(settingsText(server, 'workers')).toMatch(/^workers=5@bin\/web\.sh/);
  });
});
