export {
  fieldName,
  type KqlField,
  type KqlLiteral,
  type KqlNode,
  type KqlPlace,
  type KqlRangeOperator,
} from './ast';
export { addKqlFilter, formatKql, quoteKql } from './formatKql';
export { kqlContextAt, type KqlContext } from './kqlContextAt';
export { LogQueryError, pointAtError } from './LogQueryError';
export { matchesKql, type KqlSubject } from './matchesKql';
export { parseKql } from './parseKql';
