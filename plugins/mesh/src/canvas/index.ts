export { MeshCanvas, type EdgeLabel, type MeshCanvasProps } from './MeshCanvas';
