export { useAsyncValue, type AsyncValue } from './useAsyncValue';
export { usePermittedActions } from './usePermittedActions';
export { useFormat, type Format } from './useFormat';
export { useScope } from './useScope';
export { useUrlParameter, useViewState } from './useUrlState';
