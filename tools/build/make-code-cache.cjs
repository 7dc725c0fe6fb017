// Writes V8's compiled code of the program beside its files, after runs of the commands that are used most, so that the
// functions such runs need are in it.
'use strict';
const { readFileSync, statSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, join, resolve } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

const root = resolve(__dirname, '../..');
const folder = join(root, 'dist');
const MACHINE = '--cores 4 --mem 1024 --per-worker 256';
const LOADED = `${MACHINE} --cpu-time 10 --io-time 40 --rate 200 --slo p95<250ms`;
const QUESTIONS = [
  MACHINE,
  `${MACHINE} --json`,
  LOADED,
  `${MACHINE} --format yaml`,
  `check ${join(root, 'fixtures/check/projects/blog/docker-compose.yml')}`,
  'queue M/G/c --servers 4 --rate 3/s --service-time 1s --cv 2',
  'simulate --cores 4 --workers 4 --threads 8 --cpu-time 10 --io-time 40 --rate 100 --requests 500',
  'sweep --cores 4 --workers 4 --threads 8 --cpu-time 10 --io-time 40 --vary rate=50..200:50',
  'explain gil',
  'completion bash',
];
/** Files below this are compiled as fast as a cache of them is read, bytes. */
const LEAST_BYTES = 4096;

const scripts = new Map();
const scriptOf = (file) => {
  if (!scripts.has(file))
    scripts.set(file, new Script(Module.wrap(readFileSync(file, 'latin1')), { filename: file }));
  return scripts.get(file);
};
function run(file) {
  const module = { exports: {} };
  const own = Module.createRequire(file);
  const requireFrom = (name) => (name.startsWith('./chunks/') ? run(join(folder, name)) : own(name));
  scriptOf(file).runInThisContext()(module.exports, requireFrom, module, file, dirname(file));
  return module.exports;
}

// Compiled code that has not run for a while would be thrown away. A cache is refused where flags differ: set back below.
setFlagsFromString('--no-flush-bytecode');
const left = [...QUESTIONS];
process.on('beforeExit', () => {
  const question = left.shift();
  if (question !== undefined) {
    process.argv = [process.argv[0], join(root, 'bin/wcalc.cjs'), ...question.split(' ')];
    setImmediate(run, join(folder, 'wcalc.cjs'));
    return;
  }
  setFlagsFromString('--flush-bytecode');
  for (const [file, script] of scripts)
    if (statSync(file).size >= LEAST_BYTES)
      writeFileSync(`${file}.${process.versions.v8}.cache`, script.createCachedData());
  process.exit(0);
});
