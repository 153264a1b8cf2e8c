export {
  FILEBEAT_CONTAINER,
  filebeatConfig,
  filebeatConfigName,
  logCollectionInputSchema,
  logCollectionsResponseSchema,
  patchLogCollection,
  readLogCollection,
  type FilebeatSidecar,
  type LogCollection,
  type LogCollectionInput,
  type LogCollectionsResponse,
  type Multiline,
} from './collection';
