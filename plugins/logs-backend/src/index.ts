/**
 * The backend of logs.
 *
 * @packageDocumentation
 */
export { logsPlugin as default } from './plugin';
