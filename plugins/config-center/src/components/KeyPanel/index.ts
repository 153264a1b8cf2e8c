export { KeyPanel, type WriteAccess } from './KeyPanel';
export { MoveKeyDialog, type KeyMove } from './MoveKeyDialog';
