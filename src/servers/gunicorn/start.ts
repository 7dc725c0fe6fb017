import type { Settings } from '../server.js';
import { optionWords } from '../settings/option-words.js';

/** Settings whose option on Gunicorn's command line is not their own name with dashes. */
const OPTION_NAMES: Readonly<Record<string, string>> = { keepalive: 'keep-alive', preload_app: 'preload' };

/** The words that give Gunicorn these settings on its command line. */
export const argumentWords = (settings: Settings): readonly string[] => optionWords(settings, OPTION_NAMES);
