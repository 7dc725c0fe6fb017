// Simulates random systems, compares the formulas of `predict` with them, and prints the errors by method.
// usage: node tools/accuracy/model-grid.mjs [--count N] [--seed S] [--from FILE,…] [--out FILE] [--worst N] [--publish]
import { bundled } from './bundled.mjs';

const { main } = await bundled('tools/accuracy/model-grid/main.ts');
main(process.argv.slice(2));
