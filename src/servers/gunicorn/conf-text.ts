import { pythonLiteral } from '../../text/quote/python.js';
import type { ConfigurationFile, Reasoned } from '../server.js';
import { reasonedText } from '../settings/reasoned-text.js';

/** A `gunicorn.conf.py`, which Gunicorn finds by itself where it is started. */
export const gunicornConf = (said: Reasoned): ConfigurationFile => ({
  name: 'gunicorn.conf.py',
  text: reasonedText(said, (name, value) => `${name} = ${pythonLiteral(value)}`),
});
