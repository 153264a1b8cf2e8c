/**
 * Actions of templates.
 *
 * @packageDocumentation
 */
export {};
