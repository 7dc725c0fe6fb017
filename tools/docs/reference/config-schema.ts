import { SECTIONS } from '../../../src/input/config/sections.js';
import { OPTIONS, type OptionName } from '../../../src/input/options.js';
import { optionOf } from '../../../src/input/value.js';

/** The schema of the configuration file: what editors know of wcalc.yaml and wcalc.json. The program checks values more closely. */
export function configSchema(): string {
  const names = (Object.keys(OPTIONS) as OptionName[]).filter((name) => !optionOf(name).flagOnly);
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of wcalc',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      ...Object.fromEntries(names.map((name) => [name, propertyOf(name)])),
      ...Object.fromEntries(Object.entries(SECTIONS).map(([name, holds]) => [name, { description: holds }])),
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function propertyOf(name: OptionName): object {
  const { type, help, repeatable } = optionOf(name);
  const description = type.isSwitch ? help : `${help}; accepted: ${type.accepts}`;
  const one = type.choices
    ? { enum: type.choices }
    : { type: type.isSwitch ? ['boolean', 'null'] : ['number', 'string', 'null'] };
  return repeatable ? { description, anyOf: [one, { type: 'array', items: one }] } : { description, ...one };
}
