// The text of THIRD-PARTY-NOTICES, which is refused where a licence is missing or would bind who uses wcalc.

/** Licences (by their SPDX names) that ask for no more than that their text travels along. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
]);

/**
 * @param packages of `packageIn`
 * @throws Error that names every package that may not be bundled, with the reason
 */
export function thirdPartyNotices(packages) {
  const faults = packages.flatMap((bundled) => faultOf(bundled) ?? []);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const parts = packages
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version, licence, texts }) => `${name} ${version} (${licence})\n\n${texts.join('\n\n')}\n`);
  return [INTRODUCTION, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

const INTRODUCTION = `wcalc holds code of the packages below, each under the licence that follows its name.\n`;

/** Why a package may not be bundled; undefined where it may. */
function faultOf({ name, version, licence, texts }) {
  const which = `${name} ${version} is bundled`;
  if (!isPermissive(licence))
    return `${which}, but its licence is ${licence || 'not known'}; accepted are ${[...PERMISSIVE].join(', ')}`;
  if (!texts.some((text) => text.length > 0)) return `${which}, but no licence text comes with it`;
}

/** Whether one of the alternatives of an SPDX expression is permissive in all of its parts. */
function isPermissive(expression) {
  return expression
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((name) => PERMISSIVE.has(name.trim())));
}
