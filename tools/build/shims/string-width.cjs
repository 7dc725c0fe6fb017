'use strict';
/**
 * The width of text that is all one column wide per character, which nearly all of wcalc's is, without loading the
 * Unicode tables of string-width; anything else is measured by string-width itself.
 */
const ONE_COLUMN_EACH =
  /^[\x20-\x7e\u00d7\u00f7\u03bb\u03bc\u03c1\u2010-\u2027\u2190\u2200-\u22ff\u2308-\u230b\u2500-\u257f]*$/;

let measure;
module.exports = function stringWidth(text) {
  if (typeof text === 'string' && ONE_COLUMN_EACH.test(text)) return text.length;
  measure ??= require('../../../node_modules/string-width/index.js');
  return measure(text);
};
module.exports.default = module.exports;
