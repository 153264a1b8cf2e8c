/**
 * Backend of Orrery's Home: scope, activity log and actions.
 *
 * @packageDocumentation
 */
export { orreryPlugin as default } from './plugin';
