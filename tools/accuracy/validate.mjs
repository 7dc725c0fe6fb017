// Compares analytic, simulated and measured latencies of every measured case, and writes docs/accuracy.md with its plots.
// usage: npm run validate [-- --measured DIRECTORY]   (default fixtures/measured; prints only where another is given)
import { bundled } from './bundled.mjs';

const { validate } = await bundled('tools/accuracy/validate/main.ts');
await validate(process.argv.slice(2));
