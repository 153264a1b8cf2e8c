/**
 * What every Orrery page is made of: scope, time, streams, actions, marks.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './blueprints';
export * from './chart';
export * from './components';
export * from './evidence';
export * from './format';
export * from './hooks';
export * from './marks';
export * from './streams';
export { orreryReactTranslationRef } from './translation';
