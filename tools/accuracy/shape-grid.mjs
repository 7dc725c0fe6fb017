// Simulates random systems of the shapes that servers other than Gunicorn have, with and without a scarce pool of database
// connections, compares the formulas of `predict` with them, and prints the errors by shape.
// usage: node tools/accuracy/shape-grid.mjs [--count N] [--seed S] [--shape NAME] [--worst N] [--publish]
import { bundled } from './bundled.mjs';

const { main } = await bundled('tools/accuracy/shape-grid/main.ts');
main(process.argv.slice(2));
