export { MeshCanvas, type MeshCanvasProps } from './MeshCanvas';
