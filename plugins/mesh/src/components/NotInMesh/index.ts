export { NotInMesh } from './NotInMesh';
