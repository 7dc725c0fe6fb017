import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { plan } from '../../src/index.js';
import { serverNamed } from '../../src/servers/index.js';
import { hasTool } from '../support/require-tool.js';

const folder = mkdtempSync(join(tmpdir(), 'wcalc-started-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Speaks both interfaces: WSGI with two arguments, ASGI with three. */
writeFileSync(
  join(folder, 'app.py'),
  `def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]

async def asgi(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})
`,
);

interface Case {
  /** Debian's version where options depend on it. */
  readonly server: string;
  readonly app: 'app' | 'asgi';
  /** Words that say where to listen, and what only this distribution needs. */
  readonly listen: (port: number) => readonly string[];
}

const CASES: readonly Case[] = [
  { server: 'gunicorn@20', app: 'app', listen: (port) => ['--bind', `127.0.0.1:${port}`] },
  { server: 'uvicorn@0.17', app: 'asgi', listen: (port) => ['--port', String(port)] },
  { server: 'hypercorn@0.13', app: 'asgi', listen: (port) => ['--bind', `127.0.0.1:${port}`] },
  { server: 'daphne@4.0', app: 'asgi', listen: () => [] },
  { server: 'uwsgi@2.0', app: 'app', listen: () => ['--plugin', 'python3'] },
  { server: 'waitress@2.1', app: 'app', listen: (port) => [`--listen=127.0.0.1:${port}`] },
];

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

async function answerOf(port: number): Promise<string> {
  for (let tries = 0; tries < 150; tries += 1) {
    try {
      return await (await fetch(`http://127.0.0.1:${port}/`)).text();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return 'no answer';
}

describe.each(CASES)('$server', ({ server, app, listen }) => {
  const question = { cores: 2, mem: 1024, perWorker: 100, ioRatio: 0.5, rate: 20, server } as const;
  const { recommendation } = plan(app === 'asgi' ? { ...question, app: 'asgi' } : question);
  const { program, words, application } = serverNamed(recommendation!.server).start(recommendation!.settings);

  test.runIf(hasTool(program))('starts by the emitted command and answers', { timeout: 40_000 }, async () => {
    const port = await freePort();
    const typed = [
      ...words,
      ...listen(port),
      ...application.map((word) => word.replace(/^app:app$/, `app:${app}`)),
    ]
      // Only where the command itself says where to listen.
      .map((word) => word.replace(/(:|port=)8000\b/, `$1${port}`));
    const child = spawn(program, typed, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let said = '';
    child.stderr.on('data', (data) => {
      said += data;
    });
    try {
      expect(await answerOf(port), `${program} ${typed.join(' ')}\n${said.slice(-2000)}`).toBe('ok');
    } finally {
      if (child.exitCode === null) process.kill(-child.pid!, 'SIGKILL');
    }
  });
});
