export {
  diagramOf,
  diagramShape,
  type Diagram,
  type DiagramShape,
  type DiagramWords,
} from './diagram';
export { exportFileName } from './exportFileName';
export {
  askedSchema,
  graphDocumentSchema,
  writeGraphDocument,
  type Asked,
  type GraphDocument,
} from './graphDocument';
export {
  isWithinMermaidLimits,
  MERMAID_LIMITS,
  writeMermaid,
} from './writeMermaid';
