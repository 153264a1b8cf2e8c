export { MeshTables, type MeshTablesProps } from './MeshTables';
