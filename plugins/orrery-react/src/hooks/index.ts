export { useAsyncValue, type AsyncValue } from './useAsyncValue';
export { useFormat, type Format } from './useFormat';
export { useScope } from './useScope';
export { useUrlParameter, useViewState } from './useUrlState';
