'use strict';
// Starts the program inside a single executable: what lies under dist is in the executable, by the same names.
const { getRawAsset } = require('node:sea');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

const folder = dirname(process.execPath);
const bytesOf = (name) => Buffer.from(getRawAsset(name));

/** Runs a CommonJS file of dist, with V8's compiled code of it where there is some. */
function run(name) {
  const filename = join(folder, name);
  // As bin/wcalc.cjs reads it: it is all ASCII, and the compiled code is of this text.
  const text = bytesOf(name).latin1Slice();
  const script = new Script(text, { filename, cachedData: cacheOf(name) });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireFrom, module, filename, folder);
  return module.exports;
}

function cacheOf(name) {
  try {
    // Written twice: see bin/wcalc.cjs.
    const bytes = bytesOf(`${name}.cache`);
    return bytes.subarray(0, bytes.length / 2);
  } catch {
    return undefined;
  }
}

const loaded = new Map();
function requireFrom(name) {
  if (!name.startsWith('./')) return require(name);
  const file = name.slice('./'.length);
  if (!loaded.has(file)) loaded.set(file, run(file));
  return loaded.get(file);
}

run('wcalc.cjs');
