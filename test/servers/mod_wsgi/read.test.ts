import { describe, expect, it } from 'vitest';
import { projectOf, settingsText } from '../deployments/servers-of.js';

/** How Apache writes a name that is filled in. */
const NAMED = ['$', '{N}'].join('');

const read = async (text: string, ...names: string[]) => {
  const { deployments } = await projectOf({ 'site.conf': text });
  return deployments.map((one) => `${one.name}: ${settingsText(one, ...names).replaceAll(/@\S+/g, '')}`);
};

describe('WSGIDaemonProcess', () => {
  it('is read with quoted values and continued lines', async () => {
    const text =
      'WSGIDaemonProcess app "processes=3" display-name="my app" \\\n  threads=\'7\' python-path=/srv\n';
    expect(await read(text, 'workers', 'threads')).toEqual(['site.conf: workers=3 threads=7']);
  });
  it('is a server for each of several', async () => {
    const text =
      'WSGIDaemonProcess a processes=2\n<VirtualHost *:80>\n  WSGIDaemonProcess b threads=5\n</VirtualHost>\n';
    expect(await read(text, 'workers', 'threads')).toEqual([
      'site.conf / a: workers=2 threads=15',
      'site.conf / b: workers=default threads=5',
    ]);
  });
  it('takes what Define says, and leaves open what a template fills in', async () => {
    expect(await read(`Define N 6\nWSGIDaemonProcess a processes=${NAMED}\n`, 'workers')).toEqual([
      'site.conf: workers=6',
    ]);
    for (const value of [NAMED, '{{ n }}', '%APIWORKERS%', '$WSGI_PROCESSES', '@N_PROCESSES@'])
      expect((await read(`WSGIDaemonProcess a processes=${value}\n`, 'workers'))[0]).toMatch(
        /workers=\? .*filled in/,
      );
  });
  it('stands beside the clients that Apache holds', async () => {
    const text = 'MaxRequestWorkers 40\nWSGIDaemonProcess a processes=4 threads=25\n';
    expect(await read(text, 'max_clients')).toEqual(['site.conf: max_clients=40']);
  });
});

describe('PasteDeploy', () => {
  it('is read where it starts Waitress', async () => {
    const { deployments } = await projectOf({
      'production.ini':
        '[app:main]\nthreads = 9\n[server:main]\nuse = egg:waitress#main\nthreads = 6\nport = %(p)s\n',
    });
    expect(deployments.map((one) => `${one.server.name} ${settingsText(one, 'threads')}`)).toEqual([
      'waitress threads=6@production.ini:5:11',
    ]);
  });
  it('names another server', async () => {
    const { unjudged } = await projectOf({ 'production.ini': '[server:main]\nuse = egg:cherrypaste#main\n' });
    expect(unjudged.map(({ server }) => server)).toEqual(['cherrypaste']);
  });
});

describe('Hypercorn', () => {
  it('reads a configuration in Python', async () => {
    const { deployments } = await projectOf(
      { Procfile: 'web: hypercorn -c file:hypercorn_conf.py a:b\n' },
      {
        'hypercorn_conf.py':
          'import multiprocessing\nworkers = multiprocessing.cpu_count()\nkeep_alive_timeout = 75\n',
      },
    );
    expect(settingsText(deployments[0]!, 'workers', 'keep_alive').replaceAll(/@\S+/g, '')).toBe(
      'workers=4 keep_alive=75',
    );
  });
  it('names what it does not know, and what stands in a table', async () => {
    const { deployments } = await projectOf({
      'hypercorn.toml': 'workers = 2\nserver_names = ["a"]\ntimeout = 30\n[hypercorn]\nbacklog = 900\n',
    });
    expect(deployments[0]!.notes.map(({ message }) => message)).toEqual([
      'not known to Hypercorn, which ignores it: timeout, hypercorn.backlog',
    ]);
  });
});
