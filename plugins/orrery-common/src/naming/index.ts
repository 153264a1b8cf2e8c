export {
  checkPattern,
  DEFAULT_NAMING,
  nameByConvention,
  namingSchema,
  type NamedService,
  type Naming,
} from './naming';
