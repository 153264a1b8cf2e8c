export { HiddenName } from './HiddenName';
export { TracesPanel, type TracesPanelProps } from './TracesPanel';
