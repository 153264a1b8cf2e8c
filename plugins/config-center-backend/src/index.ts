/**
 * The backend of the configuration centre.
 *
 * @packageDocumentation
 */
export {};
