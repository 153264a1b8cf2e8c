export {
  imageListSchema,
  imageTagSchema,
  type ImageList,
  type ImageTag,
} from './schema';
export { compareTags } from './tags';
