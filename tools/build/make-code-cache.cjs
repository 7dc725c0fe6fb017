// Writes V8's compiled code of dist/wcalc.cjs beside it, after one run, so that the functions a run needs are in it.
'use strict';
const { readFileSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, resolve } = require('node:path');
const { Script } = require('node:vm');

const file = resolve(__dirname, '../../dist/wcalc.cjs');
const script = new Script(Module.wrap(readFileSync(file, 'latin1')), { filename: file });
process.argv = [
  process.argv[0],
  resolve(__dirname, '../../bin/wcalc.cjs'),
  '--cores',
  '4',
  '--mem',
  '1024',
  '--per-worker',
  '256',
];
process.on('exit', () => {
  writeFileSync(`${file}.${process.versions.v8}.cache`, script.createCachedData());
  process.exitCode = 0;
});
const module_ = { exports: {} };
script.runInThisContext()(module_.exports, Module.createRequire(file), module_, file, dirname(file));
