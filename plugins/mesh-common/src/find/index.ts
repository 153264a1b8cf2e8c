export type {
  FindExpression,
  FindFunction,
  FindOperandName,
  FindOperator,
  FindValue,
} from './ast';
export {
  completeFind,
  type FindSuggestion,
  type FindSuggestionKind,
} from './completeFind';
export { evaluateFind, type Found } from './evaluateFind';
export { FindError, type FindErrorCode } from './FindError';
export { describeFindLanguage, type FindHelpRow } from './describeFind';
export { hideFind } from './hideFind';
export { MAX_FIND_LENGTH, parseFind } from './parseFind';
export { FIND_PRESETS, type FindPreset } from './presets';
export { printFind } from './printFind';
export type { FindUnit } from './quantities';
