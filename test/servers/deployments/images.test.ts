// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Compose
import { describe, expect, it } from 'vitest';
import { projectOf, settingsText } from './servers-of.js';

const DOCKERFILE = 'FROM python:3\nCMD ["gunicorn", "-w", "3", "a:b"]\n';

/** `name=workers` of what is judged, `name?` of what is not. */
async function found(files: Record<string, string>, beside: Record<string, string> = {}) {
  const { deployments, unjudged } = await projectOf(files, beside);
  return [
    ...deployments.map((one) => `${one.name}=${/=(\d+)/.exec(settingsText(one, 'workers'))?.[1] ?? '?'}`),
    ...unjudged.map(({ name }) => `${name}?`),
  ].sort();
}

describe('which image a Dockerfile of the project makes', () => {
  it('is the only one that is not a known program', async () => {
    const compose =
      'services:\n  web: {image: "acme/shop:1"}\n  db: {image: "postgres:16"}\n  front: {image: acme/shop-nginx}\n  hub: {image: selenium/hub}\n';
    expect(await found({ 'compose.yaml': compose, Dockerfile: DOCKERFILE })).toEqual(['web=3']);
  });

  it('is not that of a service beside those that are built', async () => {
    const compose =
      'services:\n  web: {build: ., image: "acme/shop:1"}\n  mail: {image: acme/other}\n  again: {image: "acme/shop:2"}\n';
    expect(await found({ 'compose.yaml': compose, Dockerfile: DOCKERFILE })).toEqual(['again=3', 'web=3']);
    expect(await found({ 'compose.yaml': compose }, { Dockerfile: DOCKERFILE })).toEqual([
      'again=3',
      'web=3',
    ]);
  });

  it('may be one whose build was not found', async () => {
    const files = {
      'compose.yaml': 'services:\n  web: {image: "acme/shop:1"}\n  hub: {image: selenium/hub}\n',
      'compose.test.yaml': 'services:\n  web: {build: {context: ../gone}, image: "acme/shop:test"}\n',
      Dockerfile: DOCKERFILE,
    };
    const { deployments } = await projectOf(files, {}, ['compose.yaml', 'compose.test.yaml']);
    expect(deployments.map(({ platform, name }) => `${platform} ${name}`)).toEqual(['compose web']);
  });

  it('is not said where several may be it', async () => {
    const compose = 'services:\n  web: {image: acme/shop}\n  feed: {image: acme/feed}\n';
    expect(await found({ 'compose.yaml': compose, Dockerfile: DOCKERFILE })).toEqual([
      'Dockerfile=3',
      'feed?',
      'web?',
    ]);
    const { unjudged } = await projectOf({ 'compose.yaml': compose, Dockerfile: DOCKERFILE });
    expect(unjudged[0]?.why).toBe('web runs the image acme/shop, and which Dockerfile makes it is not said');
  });

  it('is the one of the same name', async () => {
    const compose = 'services:\n  web: {image: acme/shop-web}\n  feed: {image: acme/feed}\n';
    expect(
      await found({
        'compose.yaml': compose,
        'Dockerfile.web': DOCKERFILE,
        'feed/Dockerfile': DOCKERFILE.replace('3"', '5"'),
      }),
    ).toEqual(['feed=5', 'web=3']);
  });

  it('is one image under a variable and without it', async () => {
    const compose =
      'services:\n  web: {image: "${IMAGE-acme/shop}"}\n  beat: {image: "acme/shop:${TAG:-2}", command: celery beat}\n';
    expect(await found({ 'compose.yaml': compose, Dockerfile: DOCKERFILE })).toEqual(['web=3']);
  });

  it('takes a known program for no server, whatever script it runs', async () => {
    const pod =
      'kind: Deployment\nmetadata: {name: n}\nspec:\n  template:\n    spec:\n      containers:\n        - {name: web, image: acme/shop, command: [gunicorn, -w, "2", "a:b"]}\n        - {name: sql, image: gcr.io/cloudsql-docker/cloud-sql-proxy, command: [/cloud_sql_proxy, -x]}\n';
    expect(await found({ 'a.yaml': pod })).toEqual(['Deployment n / web=2']);
  });
});

describe('Compose files laid over another', () => {
  it('count once what they do not speak of', async () => {
    const { deployments } = await projectOf(
      {
        'compose.yaml':
          'services:\n  a: {image: x, command: gunicorn -w 2 a:b}\n  b: {image: x, command: gunicorn -w 3 a:b}\n',
        'compose.dev.yaml': 'services:\n  b: {environment: {GUNICORN_CMD_ARGS: "-w 5"}}\n',
      },
      {},
      ['compose.yaml', 'compose.dev.yaml'],
    );
    expect(deployments.map(({ name }) => name)).toEqual(['a', 'b (compose.yaml)', 'b (compose.yaml) #2']);
  });
});

describe('files that an image takes over', () => {
  const COMPOSE = 'services:\n  web: {build: {context: ., dockerfile: deploy/Dockerfile}}\n';
  const START = 'exec gunicorn -c gunicorn.conf.py a:b\n';
  const BESIDE = { 'docker/start.sh': START, 'docker/gunicorn.conf.py': 'workers = 6\n' };

  it.each([
    ['file by file', 'COPY docker/start.sh /app/\nCOPY docker/gunicorn.conf.py .\n'],
    ['by directory', 'COPY docker/ setup.cfg /app/\n'],
    ['by pattern', 'COPY docker/*.sh /app/\nCOPY docker/gunicorn.conf.py .\n'],
    ['as a list', 'COPY ["docker/start.sh", "docker/gunicorn.conf.py", "/app/"]\n'],
    [
      'through another stage',
      'COPY docker/ /app/\nFROM python:3-slim\nCOPY --from=0 --chown=1:1 /app /app\n',
    ],
  ])('are found %s', async (_how, copies) => {
    const dockerfile = `FROM python:3\n${copies}CMD ["/app/start.sh"]\n`;
    const { deployments } = await projectOf(
      { 'compose.yaml': COMPOSE },
      { ...BESIDE, 'deploy/Dockerfile': dockerfile },
    );
    expect(settingsText(deployments[0]!, 'workers')).toBe('workers=6@docker/gunicorn.conf.py:1:11');
  });
});

describe('stages that copy each other twice', () => {
  it('are refused before they fill the memory', async () => {
    const stages = Array.from(
      { length: 40 },
      (_, i) => `FROM x AS s${i + 1}\nCOPY --from=s${i} /a /a\nCOPY --from=s${i} /a /a\n`,
    );
    const { failures } = await projectOf({ Dockerfile: `FROM x AS s0\nCOPY a /a\n${stages.join('')}` });
    expect(failures[0]?.message).toContain('paths copied in one stage');
  });
});

describe('an entry point that starts itself as another user', () => {
  it('starts what it starts on its other way', async () => {
    const script =
      'if [ "$(id -u)" = 0 ]; then exec gosu app "$0" "$@"; fi\nif [ "${1:0:1}" = - ]; then set -- gunicorn "$@"; fi\nexec "$@"\n';
    const dockerfile = 'FROM python:3\nENTRYPOINT ["/entry.sh"]\nCMD ["-w", "4", "a:b"]\n';
    const { deployments, unjudged } = await projectOf({ Dockerfile: dockerfile }, { 'entry.sh': script });
    expect(unjudged).toEqual([]);
    expect(deployments.map((one) => settingsText(one, 'workers'))).toEqual(['workers=4@Dockerfile:3:13']);
  });
});
