import { create, type FactoryFunctionMap, type MathNode } from 'mathjs/number';
import * as functions from './functions.js';

export type { MathNode };

/** mathjs on plain numbers with these functions alone. The one import of mathjs, with what it is asked for. */
const math = create({ ...functions } as FactoryFunctionMap);

/** The tree of an expression; throws a SyntaxError that says where. */
export const parseExpression = (text: string): MathNode => math.parse!(text);
