export { ChangesDialog, type ChangesDialogProps } from './ChangesDialog';
export { ChangesList, type ChangesListProps } from './ChangesList';
