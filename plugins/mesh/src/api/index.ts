export {
  meshApiRef,
  type GraphRequest,
  type GraphStreamListener,
  type MeshApi,
} from './MeshApi';
export { MeshClient } from './MeshClient';
