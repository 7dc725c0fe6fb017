/** Of yargs/helpers the program uses the parser; the rest of it loads what help screens need. */
export { default as Parser } from 'yargs-parser';
