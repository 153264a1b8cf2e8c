export { DashboardsPanel } from './DashboardsPanel';
