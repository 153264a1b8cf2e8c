export { checkValue, LARGEST_VALUE_BYTES } from './checkValue';
export { readPrefixSchema, SCHEMA_KEY, type PrefixSchema } from './checkSchema';
export {
  declaredKind,
  detectKind,
  valueKindSchema,
  type ValueKind,
} from './kinds';
export { parseValue } from './parseValue';
export { valueProblemSchema, type ValueProblem } from './places';
