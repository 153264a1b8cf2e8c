/**
 * The mesh in the portal.
 *
 * @packageDocumentation
 */
export { meshApiRef, MeshClient, type MeshApi } from './api';
export {
  ComponentHealth,
  ComponentVersions,
} from './components/ComponentHealth';
export { default } from './plugin';
