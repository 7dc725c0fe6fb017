import { describe, expect, it } from 'vitest';
import { oneServer, projectOf, settingsText } from '../deployments/servers-of.js';

/** `workers=4` of a file, its place left out; `?` and why where it is not known. */
async function read(
  text: string,
  names: string[] = ['workers'],
  file = 'uwsgi.ini',
  beside: Record<string, string> = {},
): Promise<string> {
  return settingsText(await oneServer({ [file]: text }, beside), ...names).replaceAll(/@\S+/g, '');
}

describe('the formats of a configuration file', () => {
  const text = ['workers', 'threads', 'master'];
  it.each([
    ['uwsgi.ini', '[uwsgi]\nprocesses = 4 ; as on the host\nthreads=2\nmaster\n'],
    ['app.ini.template', '# made by hand\n[uwsgi]\np = 4\nthreads = 2\nmaster = 1\n'],
    ['uwsgi.yaml', 'uwsgi:\n  processes: 4\n  threads: 2\n  master: true\n'],
    ['uwsgi.json', '{"uwsgi": {"processes": 4, "threads": "2", "master": true}}'],
    [
      'uwsgi.xml',
      '<uwsgi><!-- <processes>9</processes> --><processes>4</processes><threads> 2 </threads><master/></uwsgi>',
    ],
  ])('%s', async (file, content) => {
    expect(await read(content, text, file)).toBe('workers=4 threads=2 master=True');
  });
  it('gives the place of a value in each', async () => {
    const { settings } = await oneServer({ 'uwsgi.xml': '<uwsgi>\n  <processes>4</processes>\n</uwsgi>\n' });
    expect(settings.get('workers')?.reading.at).toMatchObject({ line: 2, column: 14, endColumn: 15 });
  });
  it('takes only files that have a section of it', async () => {
    const { deployments } = await projectOf({ 'uwsgi-proxy.yaml': 'nginx: 4\n' });
    expect(deployments).toEqual([]);
  });
});

/** How a shell writes a default. */
const SHELL_DEFAULT = ['$', '{N:-4}'].join('');

describe('placeholders', () => {
  it.each([
    ['processes = %k', 'workers=4'],
    ['processes = %(%k * 2 + 1)', 'workers=9'],
    ['n = 3\nprocesses = %(n - 1)', 'workers=2'],
    ['set-placeholder = n=6\nprocesses = %(n)', 'workers=6'],
    ['processes = $(N)', 'workers=? N is not set by the files given'],
    ['processes = $(N:-5)', 'workers=5'],
    [`processes = ${SHELL_DEFAULT}`, `workers=? ${SHELL_DEFAULT} is filled in before uWSGI reads the file`],
    ['processes = <%= n %>', 'workers=? <%= n %> is filled in before uWSGI reads the file'],
    ['processes = %(m)', 'workers=? %(m) is not set before it'],
  ])('%s', async (text, expected) => {
    expect(await read(`[uwsgi]\n${text}\n`)).toBe(expected);
  });
});

describe('conditions', () => {
  const ini =
    '[uwsgi]\nif-env = N\nprocesses = %(_)\nendif =\nif-not-env = N\nprocesses = 3\nendif =\nthreads = 2\n';
  it('are decided by the environment that the files give, and what is taken for granted is said', async () => {
    expect(await read(ini, ['workers', 'threads'])).toBe('workers=3 threads=2');
    const { settings } = await oneServer({ 'uwsgi.ini': ini });
    const reading = settings.get('workers')!.reading;
    expect(reading.known && reading.assumes).toEqual(['N is not set by the files given']);
  });
  it('are decided by a variable that is set', async () => {
    const files = { Dockerfile: 'FROM x\nENV N=7\nCMD ["uwsgi", "--ini", "uwsgi.ini"]\n', 'uwsgi.ini': ini };
    expect(settingsText(await oneServer(files), 'workers')).toMatch(/^workers=7@/);
  });
  it('leave a value unknown where it depends on the machine', async () => {
    expect(await read('[uwsgi]\nif-exists = /x\nprocesses = 4\nendif =\n')).toMatch(
      /\? processes is set under a condition: if-exists = \/x/,
    );
  });
  it('know else and options that were set', async () => {
    expect(await read('[uwsgi]\nx = 1\nif-opt = x=2\nprocesses = 4\nelse =\nprocesses = 5\nendif =\n')).toBe(
      'workers=5',
    );
  });
});

describe('what was not given', () => {
  it('leaves a condition on the environment open where a file of it is missing', async () => {
    const files = {
      'compose.yaml': 'services:\n  web: {image: x, env_file: web.env, command: uwsgi uwsgi.ini}\n',
      'uwsgi.ini': '[uwsgi]\nif-not-env = UWSGI_PROCESSES\nprocesses = 4\nendif =\n',
    };
    expect(settingsText(await oneServer(files), 'workers')).toContain('under a condition');
  });
  it('may set anything, where it is a file', async () => {
    const server = await oneServer({ Procfile: 'web: uwsgi --ini other.ini\n' });
    expect(settingsText(server, 'die_on_term', 'cheaper')).toMatch(/^die_on_term=\? .* cheaper=\? /);
  });
});

describe('further files', () => {
  it('are followed, also to another section and to a directory above', async () => {
    const sections = '[uwsgi]\nini = :more\nthreads = 2\n[more]\nprocesses = 4\n';
    expect(await read(sections, ['workers', 'threads'])).toBe('workers=4 threads=2');
    const up = { 'conf/uwsgi.ini': '[uwsgi]\nprocesses = 6\n' };
    expect(await read('[uwsgi]\nini = %d../uwsgi.ini\n', ['workers'], 'conf/a/uwsgi.ini', up)).toBe(
      'workers=6',
    );
  });
  it('are named where they are missing, and followed once where they lead back', async () => {
    expect(await read('[uwsgi]\ninclude = other.ini\n')).toMatch(/\? other\.ini was not given/);
    const circle = { 'b.ini': '[uwsgi]\nini = uwsgi.ini\nprocesses = 3\n' };
    const { notes } = await oneServer({ 'uwsgi.ini': '[uwsgi]\nini = b.ini\n' }, circle);
    expect(notes.map(({ message }) => message)).toEqual(['uwsgi.ini includes itself, and is read once']);
  });
});

describe('precedence', () => {
  const start = (command: string, env = '') =>
    oneServer(
      { Dockerfile: `FROM x\n${env}CMD ${command}\n` },
      { 'uwsgi.ini': '[uwsgi]\nprocesses = 4\n' },
    ).then((one) => settingsText(one, 'workers').replace(/@.*/, ''));
  it.each([
    ['uwsgi --ini uwsgi.ini --processes 8', 'workers=8'],
    ['uwsgi --processes 8 --ini uwsgi.ini', 'workers=4'],
    ['uwsgi uwsgi.ini --processes 8', 'workers=4'],
    ['uwsgi --logformat "$X" --processes 2', 'workers=2'],
  ])('the last one wins, a bare file after all: %s', async (command, expected) => {
    expect(await start(command)).toBe(expected);
  });
  it('variables come first, and so give way to the file', async () => {
    expect(await start('uwsgi --ini uwsgi.ini', 'ENV UWSGI_PROCESSES=9\n')).toBe('workers=4');
    expect(await start('uwsgi --http :80', 'ENV UWSGI_PROCESSES=9\n')).toBe('workers=9');
  });
});

describe('names that uWSGI does not know', () => {
  it('are told apart from placeholders and options of plugins', async () => {
    const { ignoredNames } = await oneServer({
      'uwsgi.ini': '[uwsgi]\nbase = /srv\nchdir = %(base)\nproceses = 4\nhttp-auto-chunked = 1\n',
    });
    expect(ignoredNames.map(({ name }) => name)).toEqual(['proceses']);
  });
});
