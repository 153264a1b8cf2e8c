export {
  detectFieldMap,
  LOG_FIELD_ROLES,
  logFieldMapSchema,
  type KnownField,
  type LogFieldMap,
  type LogFieldRole,
} from './fieldMap';
