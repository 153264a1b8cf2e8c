export { ActionDialog, type ActionDialogProps } from './ActionDialog';
export { TextDiff, type TextDiffProps } from './TextDiff';
