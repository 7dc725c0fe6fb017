import { describe, expect, it } from 'vitest';
import { projectOf } from '../servers/deployments/servers-of.js';

const failure = async (file: string, text: string) => {
  const { failures, deployments } = await projectOf({ [file]: text });
  expect(deployments).toEqual([]);
  return failures.map(({ message, isTemplate }) => `${isTemplate} ${message}`);
};
const refused = (place: string) => [
  `true ${place}: this is a template; fill it in first, and check the result`,
];

describe('a file that something has yet to fill in', () => {
  it.each([
    ['Procfile', '{%- if a %}\nweb: gunicorn -w 2 a:b\n{% endif %}\n', 'Procfile:1:1'],
    ['start.sh', '#!/bin/sh\n{% if a %}\nexec gunicorn a:b\n{% endif %}\n', 'start.sh:2:1'],
    ['web.service', '[Service]\nExecStart={{ venv }}/bin/gunicorn a:b\n', 'web.service:2:11'],
    ['supervisord.conf', '[program:w]\ncommand={{ venv }}/bin/gunicorn a:b\n', 'supervisord.conf:2:9'],
    ['gunicorn.conf.py', 'bind = ":1"\nworkers = {{ gunicorn_workers }}\n', 'gunicorn.conf.py:2:1'],
  ])('is refused: %s', async (file, text, place) => {
    expect(await failure(file, text)).toEqual(refused(place));
  });

  it.each([
    ['start.sh', "docker inspect -f '{{.State}}' x\nexec gunicorn -w 2 a:b\n"],
    ['gunicorn.conf.py', 'x = f"{{{1}}}"\ny = {{}}\nworkers = 2\n'],
    ['Procfile', '# {% if a %}\nweb: gunicorn -w 2 a:b\n'],
  ])('is not what only has braces: %s', async (file, text) => {
    expect((await projectOf({ [file]: text })).deployments).toHaveLength(1);
  });
});
