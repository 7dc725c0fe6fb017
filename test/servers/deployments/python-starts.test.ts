import { describe, expect, it } from 'vitest';
import { projectOf, settingsText } from './servers-of.js';

/** `4@main.py:2:1` of the one server that the files start, or why it is not known. */
async function workers(files: Record<string, string>, beside: Record<string, string> = {}): Promise<string> {
  const { deployments } = await projectOf(files, beside);
  return deployments.map((one) => settingsText(one, 'workers').replace('workers=', '')).join(' ');
}

describe('a Python file that starts a server by a call', () => {
  const docker = { Dockerfile: 'FROM python:3.12\nCMD ["python", "main.py"]\n' };
  const run = (text: string, env = '') =>
    workers(
      { Dockerfile: docker.Dockerfile.replace('CMD', `${env}CMD`) },
      { 'main.py': `import os\nimport uvicorn\n${text}` },
    );
  it.each([
    'if __name__ == "__main__":\n    uvicorn.run("a:b", workers=4, log_level="info")\n',
    'def main():\n    uvicorn.run("a:b", host="::", workers=int(os.getenv("N", "4")), reload=False)\n\nif __name__ == "__main__":\n    main()\n',
    'from uvicorn import run\nrun(app="a:b", workers=2 * 2)\n',
  ])('is read as its command line would be: %#', async (text) => {
    expect(await run(text)).toMatch(/^4@main\.py:/);
  });
  it('reads WEB_CONCURRENCY, and none of the variables of the command line', async () => {
    const text = 'uvicorn.run("a:b")\n';
    expect(await run(text, 'ENV WEB_CONCURRENCY=5 UVICORN_WORKERS=7\n')).toMatch(/^5@/);
  });
  it('names what the number of workers depends on', async () => {
    expect(await run('import conf\nuvicorn.run("a:b", workers=conf.workers)\n')).toMatch(
      /^\? .*conf\.workers/,
    );
  });
  it('reads Granian too', async () => {
    const text = 'from granian import Granian\nGranian("a:b", workers=3, interface="asgi").serve()\n';
    expect(await workers(docker, { 'main.py': text })).toMatch(/^3@main\.py:2/);
  });
  it.each([
    [
      'if os.getenv("D"):\n    uvicorn.run("a:b", workers=2)\nelse:\n    uvicorn.run("a:b", workers=4)\n',
      '2 4',
    ],
    [
      'def main(args):\n    if args.dev:\n        uvicorn.run("a:b", reload=True)\n        return\n    uvicorn.run("a:b", workers=8)\n\nmain(parse())\n',
      '1 8',
    ],
    ['try:\n    uvicorn.run("a:b", workers=3)\nexcept ImportError:\n    pass\n', '3'],
    [
      'import app\nmatch app.mode:\n    case "web":\n        uvicorn.run("a:b", workers=5)\n    case _:\n        uvicorn.run("a:b", workers=6)\n',
      '5 6',
    ],
    [
      'import app\nimport hypercorn\nfrom granian import Granian\nif app.x:\n    Granian("a:b", workers=3, interface="asgi").serve()\nelse:\n    uvicorn.run("a:b", workers=2)\n',
      '3 2',
    ],
  ])('is a server of its own at each place that a branch leads to: %#', async (text, expected) => {
    const { deployments } = await projectOf(docker, { 'main.py': `import os\nimport uvicorn\n${text}` });
    const numbers = deployments.map((one) =>
      /workers=([^@]*)/.exec(settingsText(one, 'workers'))![1]!.replace('default', '1'),
    );
    expect(numbers.join(' ')).toBe(expected);
    if (deployments.length > 1)
      for (const one of deployments) {
        expect(one.name).toMatch(/main\.py:\d+/);
        expect(one.assumes.join()).toMatch(/leads to this start/);
      }
  });

  it('is not firm where one place is come to with one setting or another', async () => {
    const text =
      'def serve(n):\n    uvicorn.run("a:b", workers=n)\n\nif os.urandom(1):\n    serve(2)\nelse:\n    serve(4)\n';
    expect(await run(text)).toMatch(/^\? it is one of 2, 4, which .* decides@main\.py:4/);
  });

  it('is not judged where it is not clear with what', async () => {
    const text = 'uvicorn.run("a:b", **options)\n';
    const { unjudged } = await projectOf(docker, { 'main.py': `import os\nimport uvicorn\n${text}` });
    expect(unjudged.map(({ why }) => why)).toEqual([
      expect.stringContaining('main.py, which starts Uvicorn'),
    ]);
  });
});

describe('a Python program that is checked by itself', () => {
  const server = async (text: string, ...names: string[]) => {
    const { deployments, unjudged } = await projectOf({ 'serve.py': text });
    return [
      ...deployments.map((one) => `${one.server.name} ${settingsText(one, ...names)}`),
      ...unjudged.map(({ why }) => why),
    ].join('; ');
  };
  it.each([
    ['uvicorn.run', 'import uvicorn\nuvicorn.run("a:b", workers=3)\n', 'uvicorn workers=3@'],
    ['waitress.serve', 'from waitress import serve\nserve(app, threads=8)\n', 'waitress workers=default'],
    [
      'Granian with a constant of its own',
      'from granian import Granian\nfrom granian.constants import Interfaces\nGranian("a:b", "::", 80, interface=Interfaces.WSGI, workers=2).serve()\n',
      'granian workers=2@',
    ],
    ['Daphne', 'from daphne.server import Server\nServer(application=app).run()\n', 'daphne workers=default'],
    [
      'a Uvicorn that serves in its own process, whatever workers say',
      'import uvicorn\nuvicorn.Server(uvicorn.Config("a:b", workers=4)).run()\n',
      'uvicorn workers=1@',
    ],
    [
      'a Hypercorn on a loop of its own',
      'import asyncio\nfrom hypercorn.asyncio import serve\nfrom hypercorn.config import Config\nasyncio.run(serve(app, Config()))\n',
      'hypercorn workers=1@',
    ],
  ])('is read: %s', async (_what, text, expected) => {
    expect(await server(text, 'workers')).toContain(expected);
  });
  it('names what an object beside the application decides', async () => {
    const text = 'import asyncio\nfrom hypercorn.asyncio import serve\nasyncio.run(serve(app, config))\n';
    expect(await server(text, 'backlog')).toContain('the object that holds the settings is not followed');
  });
  it('reads the constant as the option is written', async () => {
    const text = 'import granian\ngranian.Granian("a:b", interface=granian.constants.Interfaces.ASGINL)\n';
    expect(await server(text, 'interface')).toContain('interface=asginl@');
  });
  it('names a server that is started in a way that is not followed', async () => {
    const text = 'import uvicorn\nuvicorn.run("a:b", **options)\n';
    expect(await server(text)).toContain('serve.py, which starts Uvicorn by itself');
  });
  it('is none where a server is only mentioned, and no file of Gunicorn either', async () => {
    expect(await server('# see hypercorn, waitress\nimport app\napp.run(port=8000)\n')).toBe('');
  });
  it('leaves a configuration file of Gunicorn what it is, whatever it imports', async () => {
    const { deployments } = await projectOf({
      'gunicorn.conf.py': 'import uvicorn\nworkers = 4\nworker_class = "uvicorn.workers.UvicornWorker"\n',
    });
    expect(deployments.map(({ server }) => server.name)).toEqual(['gunicorn']);
  });
});

describe('a Python program that runs a server as another program', () => {
  const docker = { Dockerfile: 'FROM python:3.12\nCMD ["python", "main.py"]\n' };
  it.each([
    'import subprocess\nsubprocess.run(["gunicorn", "-w", "3", "a:b"], check=True)\n',
    'from subprocess import run\nPORT = 80\nrun(("gunicorn", f"--bind=:{PORT}", "--workers=3", "a:b"))\n',
    'import os\ndef main():\n    os.execvp("gunicorn", ["gunicorn", "--workers", str(1 + 2), "a:b"])\nmain()\n',
    'import os\nos.execlp("gunicorn", "gunicorn", "-w3", "a:b")\n',
    'import subprocess, sys\nsubprocess.Popen([sys.executable, "-m", "gunicorn", "-w", "3", "a:b"])\nrun(["gunicorn"])\n',
  ])('is read by its words: %#', async (text) => {
    expect(await workers(docker, { 'main.py': text })).toMatch(/^3@main\.py:/);
  });
  it('is not judged where its words are not known', async () => {
    const text = 'import subprocess\nsubprocess.run("gunicorn a:b " + more(), shell=True)\n';
    const { unjudged, deployments } = await projectOf(docker, { 'main.py': text });
    expect(deployments).toEqual([]);
    expect(unjudged.map(({ why }) => why)).toEqual([
      expect.stringContaining('main.py, which starts Gunicorn by itself'),
    ]);
  });
  it('is none where it asks for a version, or runs another', async () => {
    for (const words of ['["gunicorn", "--version"]', '["celery", "-A", "a"]']) {
      const { deployments } = await projectOf(docker, {
        'main.py': `import subprocess\nsubprocess.run(${words})\n`,
      });
      expect(deployments).toEqual([]);
    }
  });
});
