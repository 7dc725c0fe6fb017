import type { Surroundings } from '../../files/reading.js';
import type { Source } from '../../files/text-file.js';
import { type PythonConf, readPythonConf } from '../settings/python-conf.js';
import { isSetting, type SettingName } from './command-line.js';

/** The settings of a `gunicorn.conf.py`, as far as they can be known without running it. */
export const readGunicornConf = (source: Source, outer: Surroundings): PythonConf<SettingName> =>
  readPythonConf(source, outer, isSetting);
