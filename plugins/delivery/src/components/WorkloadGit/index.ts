export { WorkloadGitPanel } from './WorkloadGitPanel';
