export { useAsyncValue, type AsyncValue } from './useAsyncValue';
export { useCarriedView, type CarriedParts } from './useCarriedView';
export { usePermittedActions } from './usePermittedActions';
export { useFormat, type Format } from './useFormat';
export { useScope } from './useScope';
export { useUrlParameter, useViewState } from './useUrlState';
