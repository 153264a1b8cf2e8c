export { LogsPage } from './LogsPage';
export { LogsView } from './LogsView';
