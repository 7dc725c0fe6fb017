// Turns esbuild's chunks into one CommonJS file of what a plain run needs, and one file for every other chunk.
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { transform } from 'esbuild';

/**
 * Writes `dist/NAME.cjs` with the chunks that `hot` source files reach without `import()`, and `dist/chunks/*.cjs` with
 * the rest, each read when a run first imports it. One file starts faster than many, and a small one faster than a large one.
 *
 * @param result of `build` with `format: 'esm'`, `splitting`, `write: false` and `metafile`
 * @returns the source files in the hot file
 */
export async function pack({ outputFiles, metafile }, { entry, hot, folder }) {
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const nameOf = (source) => [...outputs].find(([, output]) => output.entryPoint === source)?.[0];
  const isHot = reached(outputs, [entry, ...hot].map(nameOf));
  const bodies = [];
  for (const { path, text } of outputFiles) {
    const name = basename(path);
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      minify: true,
      supported: { 'dynamic-import': false },
    });
    const body = `function(exports,module,require){${inAscii(code)}}`;
    if (isHot.has(name)) bodies.push(`${JSON.stringify(name)}:${body}`);
    else
      writeFileSync(
        join(folder, 'chunks', `${name.slice(0, -3)}.cjs`),
        `const __module=${MODULE('../wcalc.cjs')};module.exports=${body}`,
      );
  }
  writeFileSync(
    join(folder, 'wcalc.cjs'),
    LOADER.replace('MODULES', () => bodies.join(',\n')).replace('ENTRY', nameOf(entry)),
  );
  return [...isHot].flatMap((name) => Object.keys(outputs.get(name).inputs));
}

/**
 * The same code with no sign beyond ASCII, since bin/wcalc.cjs reads it byte by byte, which is faster. esbuild escapes
 * such signs in strings and leaves them in regular expressions, where an escape means the same.
 */
function inAscii(code) {
  return code.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What stands for `import.meta` in a chunk, as if all were one file; its URL is made only when asked for. */
const MODULE = (file) =>
  `{get url(){return require('node:url').pathToFileURL(require('node:path').join(__dirname,${JSON.stringify(file)})).href}}`;

const LOADER = `'use strict';
const __module=${MODULE('wcalc.cjs')};
const modules={MODULES};
const loaded=new Map();
function load(name){
if(name[0]!=='.')return require(name);
const file=name.slice(2);
const known=loaded.get(file);
if(known)return known.exports;
const module={exports:{}};
loaded.set(file,module);
(modules[file]||require('./chunks/'+file.slice(0,-3)+'.cjs'))(module.exports,module,load);
return module.exports;
}
load('./ENTRY');
`;

/** Chunks that some chunks need at once, themselves included. */
function reached(outputs, names, found = new Set()) {
  for (const name of names) {
    if (found.has(name) || !outputs.has(name)) continue;
    found.add(name);
    const needed = outputs
      .get(name)
      .imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
    reached(
      outputs,
      needed.map(({ path }) => basename(path)),
      found,
    );
  }
  return found;
}
