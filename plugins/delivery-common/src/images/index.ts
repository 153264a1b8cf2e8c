export { imageVersion, parseImage, type ImageParts } from './image';
