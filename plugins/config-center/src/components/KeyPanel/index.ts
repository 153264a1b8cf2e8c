export { KeyPanel, type WriteAccess } from './KeyPanel';
