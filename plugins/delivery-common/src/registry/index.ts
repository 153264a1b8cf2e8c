export {
  harborArtifactSchema,
  mergeScans,
  readHarborArtifact,
  type HarborArtifact,
  type ImageFindings,
} from './harbor';
export {
  imageLabelSchema,
  imageListSchema,
  imageScanSchema,
  imageTagSchema,
  scanImageInputSchema,
  scanSeveritySchema,
  type ImageLabel,
  type ImageList,
  type ImageScan,
  type ImageTag,
  type ScanSeverity,
} from './schema';
export { compareTags } from './tags';
