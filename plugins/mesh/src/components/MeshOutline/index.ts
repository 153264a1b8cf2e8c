export { MeshOutline, type MeshOutlineProps } from './MeshOutline';
