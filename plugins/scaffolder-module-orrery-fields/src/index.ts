/**
 * Fields of templates.
 *
 * @packageDocumentation
 */
export { default } from './module';
