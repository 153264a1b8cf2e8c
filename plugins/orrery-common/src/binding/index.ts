export {
  BINDING_ANNOTATIONS,
  ENABLED_ANNOTATION,
  bindEntity,
  type Binding,
} from './binding';
