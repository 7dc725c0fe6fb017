import * as mathjs from './functions.js';

const { create, ...functions } = mathjs;

/** mathjs on plain numbers with these functions alone. */
const math = create(functions as mathjs.FactoryFunctionMap);

/** The tree of an expression; throws a SyntaxError that says where. */
export const parseExpression = (text: string): mathjs.MathNode => math.parse!(text);
