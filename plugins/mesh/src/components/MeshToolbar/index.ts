export { MeshToolbar } from './MeshToolbar';
