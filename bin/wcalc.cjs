#!/usr/bin/env node
'use strict';
const { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

/** Files below this are compiled as fast as compiled code is read, bytes. */
const LEAST_BYTES = 4096;
/** Commands, and what these options ask for, run different functions: each has compiled code of its own. */
const TELLING = ['rate', 'json', 'format'];
const kind = kindOf(process.argv.slice(2));
// Answers with times run much code a few times, and V8 11 (Node 20) spends a fifth of their CPU time on making it faster
// for more. Set before anything is compiled: compiled code suits only the flags that it was made with.
if (/^(plan|check|fleet)-rate/.test(kind) && process.versions.v8.startsWith('11.'))
  require('node:v8').setFlagsFromString('--interrupt-budget=1000000');
/** Scripts whose compiled code is not kept yet. */
const fresh = [];

/**
 * Runs a file of the program, and those that it asks for, each with the compiled code that an earlier run of the same
 * command left beside it, which saves a third of the start-up time. V8 refuses what does not suit it; the file is then
 * compiled as usual.
 */
function run(file) {
  const text = readFileSync(file, 'latin1');
  // A file begins with the digest of its code: compiled code of another build has another name.
  const cache = `${file}.${text.slice(2, 14)}.${process.versions.v8}.${kind}.cache`;
  const cachedData = text.length < LEAST_BYTES ? undefined : compiledIn(cache);
  const script = new Script(text, { filename: file, cachedData });
  if (!cachedData && text.length >= LEAST_BYTES) fresh.push({ script, cache });
  const module = { exports: {} };
  const folder = dirname(file);
  const requireFrom = (name) => (name.startsWith('./chunks/') ? run(join(folder, name)) : require(name));
  script.runInThisContext()(module.exports, requireFrom, module, file, folder);
  return module.exports;
}

function kindOf(words) {
  if (words.some((word) => /^(-h|--help|-V|--version)$/.test(word))) return 'help';
  const command = /^[a-z]+$/.test(words[0] ?? '') ? words[0] : 'plan';
  const given = TELLING.filter((name) => words.some((word) => word.split('=', 1)[0] === `--${name}`));
  return [command, ...given].join('-');
}

/**
 * Compiled code stands in its file twice: V8 takes damaged code as it is, which may then do anything, and to compare two
 * halves is the fastest way to see that a file is as it was written.
 */
function compiledIn(file) {
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch {
    return undefined;
  }
  const [half, other] = [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)];
  return half.length > 0 && half.equals(other) ? half : undefined;
}

/** Leaves compiled code for the next run where the folder can be written to, each file whole or not at all. */
function keep({ script, cache }) {
  const beside = `${cache}.${process.pid}`;
  try {
    // Where this fails, nothing was compiled for it.
    closeSync(openSync(beside, 'wx'));
  } catch {
    return;
  }
  try {
    const code = script.createCachedData();
    writeFileSync(beside, Buffer.concat([code, code]));
    renameSync(beside, cache);
  } catch {
    rmSync(beside, { force: true });
  }
}

process.on('exit', (code) => {
  // What ended early has compiled little of what it might run.
  if (code === 0 || code === 1) fresh.forEach(keep);
});

const main = join(__dirname, '../dist/wcalc.cjs');
try {
  run(main);
} catch (error) {
  if (error.code !== 'ENOENT' || error.path !== main) throw error;
  process.stderr.write('wcalc: this clone of wcalc is not built yet; run npm run build in its folder\n');
  process.exitCode = 70;
}
