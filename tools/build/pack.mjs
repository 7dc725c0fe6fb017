// Turns esbuild's chunks into one CommonJS file of what a plain run needs, and one file for every other chunk.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, transform } from 'esbuild';

const CODE = {
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: true,
  supported: { 'dynamic-import': false },
};

/**
 * Writes `dist/wcalc.cjs` with the chunks that `hot` source files reach without `import()`, in one scope, and
 * `dist/chunks/*.cjs` with the rest, each read when a run first imports it. One file starts faster than many, a small one
 * faster than a large one, and one scope faster than modules that ask one another for every name.
 *
 * @param result of `build` with `format: 'esm'`, `splitting`, `write: false` and `metafile`
 * @returns the source files in the hot file
 */
export async function pack({ outputFiles, metafile }, { entry, hot, folder }) {
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const nameOf = (source) => [...outputs].find(([, output]) => output.entryPoint === source)?.[0];
  const isHot = reached(outputs, [entry, ...hot].map(nameOf));
  const cold = [...outputs].filter(([name]) => !isHot.has(name));
  const shared = new Set(
    cold
      .flatMap(([, { imports }]) => imports.map(({ path }) => basename(path)))
      .filter((name) => isHot.has(name)),
  );
  const one = await build({
    ...CODE,
    bundle: true,
    write: false,
    logLevel: 'warning',
    stdin: { contents: hotEntry(nameOf(entry), shared), resolveDir: '/' },
    plugins: [chunksFrom(texts, isHot)],
  });
  writeFileSync(
    join(folder, 'wcalc.cjs'),
    runnable(LOADER.replace('PROGRAM', () => one.outputFiles[0].text)),
  );
  for (const [name] of cold) {
    const { code } = await transform(texts.get(name), CODE);
    writeFileSync(
      join(folder, 'chunks', `${name.slice(0, -3)}.cjs`),
      runnable(
        `const __module=${MODULE('../wcalc.cjs')};module.exports=function(exports,module,require){${code}}`,
      ),
    );
  }
  return [...isHot].flatMap((name) => Object.keys(outputs.get(name).inputs));
}

/** Starts the program, once what cold chunks may ask of the hot ones is at hand by their names. */
const hotEntry = (entry, shared) =>
  `share({${[...shared].map((name) => `'./${name}':()=>require('./${name}')`)}});require('./${entry}');`;

/** Hot chunks are bundled from their texts; cold ones stay outside, and are asked for by their names. */
const chunksFrom = (texts, isHot) => ({
  name: 'chunks',
  setup(build) {
    build.onResolve({ filter: /^\.\/.*\.js$/ }, ({ path }) =>
      isHot.has(basename(path)) ? { path: basename(path), namespace: 'chunk' } : { path, external: true },
    );
    build.onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path }) => ({ contents: texts.get(path) }));
  },
});

/**
 * A function as bin/wcalc.cjs runs it, behind the digest of its code, by which compiled code of another build is known.
 * With no sign beyond ASCII, since it is read byte by byte, which is faster: esbuild escapes such signs in strings and
 * leaves them in regular expressions, where an escape means the same.
 */
function runnable(code) {
  const ascii = code.replace(
    /[^\x00-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const digest = createHash('sha256').update(ascii).digest('hex').slice(0, 12);
  return `/*${digest}*/(function(exports,require,module,__filename,__dirname){'use strict';${ascii}\n})`;
}

/** What stands for `import.meta` in a chunk, as if all were one file; its URL is made only when asked for. */
const MODULE = (file) =>
  `{get url(){return require('node:url').pathToFileURL(require('node:path').join(__dirname,${JSON.stringify(file)})).href}}`;

const LOADER = `
const __module=${MODULE('wcalc.cjs')};
const loaded=new Map();
let shared;
const share=(chunks)=>{shared=chunks};
function load(name){
if(name[0]!=='.')return require(name);
const known=loaded.get(name);
if(known)return known.exports;
const module={exports:{}};
loaded.set(name,module);
if(shared[name])module.exports=shared[name]();
else require('./chunks/'+name.slice(2,-3)+'.cjs')(module.exports,module,load);
return module.exports;
}
(function(require){PROGRAM})(load);`;

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
