/**
 * Backend of the mesh: its graph, from Prometheus and Kubernetes.
 *
 * @packageDocumentation
 */
export { meshPlugin as default } from './plugin';
export {
  createMeshConditionalDecision,
  meshConditions,
} from './sight/conditions';
export type { MeshApp } from './sight/rules';
