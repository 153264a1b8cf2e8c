/**
 * What tests of Orrery's frontends share.
 *
 * @packageDocumentation
 */
export { localeProblems } from './localeProblems';
