export {
  FILEBEAT_CONTAINER,
  filebeatConfig,
  filebeatConfigName,
  logCollectionInputSchema,
  patchLogCollection,
  readLogCollection,
  type FilebeatSidecar,
  type LogCollection,
  type LogCollectionInput,
  type Multiline,
} from './collection';
