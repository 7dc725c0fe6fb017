// Makes the outputs in the docs anew by running their examples. usage: npm run docs
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DOCUMENTS, exampleFolder, pictures, renewed, topicsPage } from './examples.mjs';

for (const file of DOCUMENTS.filter(existsSync)) {
  const { run, remove } = exampleFolder();
  const before = readFileSync(file, 'utf8');
  const after = renewed(before, run);
  remove();
  if (after !== before) writeFileSync(file, after);
  console.log(`${after === before ? 'unchanged' : 'renewed  '} ${file}`);
}

const { run, remove } = exampleFolder();
for (const { file, svg } of pictures(run)) writeFileSync(file, svg);
remove();

writeFileSync('docs/topics.md', topicsPage());
