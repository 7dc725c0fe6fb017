/**
 * Of yargs/helpers the program uses the parser, and of what the parser asks of Node only what a flag can lead to: no option
 * here names a file to read. The rest of it loads what help screens need.
 */
import { format } from 'node:util';
import { YargsParser } from '../../../node_modules/yargs-parser/build/lib/yargs-parser.js';

const parser = new YargsParser({ env: () => process.env, format });
export const Parser = { detailed: (words, options) => parser.parse(words.slice(), options) };
