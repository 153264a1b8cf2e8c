export { IncidentRegistry } from './registry';
export type { IncidentContext, IncidentState } from './incident';
