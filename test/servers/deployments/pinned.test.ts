import { describe, expect, it } from 'vitest';
import { versionText } from '../../../src/servers/version.js';
import { oneServer } from './servers-of.js';

const PROCFILE = { Procfile: 'web: gunicorn -k eventlet -w 1 shop:app\n' };

const pinnedBy = async (beside: Record<string, string>, files: Record<string, string> = PROCFILE) => {
  const { pinned } = await oneServer(files, beside);
  return pinned ? `${versionText(pinned.version)} ${pinned.at.file}:${pinned.at.line}` : null;
};

describe('the version of a server', () => {
  it.each([
    ['requirements.txt', 'flask\ngunicorn==20.1.0  # web\n', '20.1 requirements.txt:2'],
    ['requirements.txt', 'gunicorn[gevent]~=23.0.1\n', '23 requirements.txt:1'],
    ['requirements/prod.txt', 'Gunicorn == 22.0\n', '22 requirements/prod.txt:1'],
    ['poetry.lock', '[[package]]\nname = "gunicorn"\nversion = "23.0.0"\n', '23 poetry.lock:3'],
    ['uv.lock', '[[package]]\nname = "gunicorn"\nversion = "25.1.0"\n', '25.1 uv.lock:3'],
    [
      'Pipfile.lock',
      '{"default": {"gunicorn": {"hashes": [], "version": "==21.2.0"}}}',
      '21.2 Pipfile.lock:1',
    ],
    ['pyproject.toml', '[project]\ndependencies = ["flask", "gunicorn==23.0.0"]\n', '23 pyproject.toml:2'],
    ['pyproject.toml', '[tool.poetry.dependencies]\ngunicorn = "^20.0.4"\n', '20 pyproject.toml:2'],
    [
      'pyproject.toml',
      '[tool.poetry.dependencies]\ngunicorn = {version = "22.0.0", extras = []}\n',
      '22 pyproject.toml:2',
    ],
  ])('is what %s pins: %j', async (file, text, expected) => {
    expect(await pinnedBy({ [file]: text })).toBe(expected);
  });

  it('is what an image installs, unless a lock says another', async () => {
    const files = { Dockerfile: 'FROM python:3\nRUN pip install flask gunicorn==23.0.0\nCMD gunicorn a:b\n' };
    expect(await pinnedBy({}, files)).toBe('23 Dockerfile:2');
    expect(await pinnedBy({ 'requirements.txt': 'gunicorn==22.0.0\n' }, files)).toBe('22 requirements.txt:1');
  });

  it.each([
    'gunicorn\n',
    'gunicorn>=20\n',
    'gunicorn==20.*\n',
    'django-gunicorn==1.0\n',
    'gunicorn-extra==1.0\n',
    'gunicorn~=20.1\n',
  ])('is not pinned by %j', async (text) => {
    expect(await pinnedBy({ 'requirements.txt': text })).toBeNull();
  });
});
