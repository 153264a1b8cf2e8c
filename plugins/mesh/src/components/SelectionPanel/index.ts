export { SelectionPanel, type SelectionPanelProps } from './SelectionPanel';
