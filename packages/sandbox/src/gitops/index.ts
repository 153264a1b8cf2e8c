export { GitOpsController } from './GitOpsController';
export { manifestProjects, type ManifestProject } from './manifests';
