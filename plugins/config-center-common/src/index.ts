/**
 * The model of the configuration centre.
 *
 * @packageDocumentation
 */
export {};
