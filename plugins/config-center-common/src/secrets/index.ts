export {
  hasMask,
  maskChange,
  maskSecrets,
  SECRET_MASK,
  type MaskedText,
} from './maskSecrets';
export { isSecretName, secretSpans, type Span } from './secretSpans';
