export {
  baseNamespaceOf,
  environmentOf,
  environmentSchema,
  ONLY_ENVIRONMENT,
  UNASSIGNED_ENVIRONMENT,
  type Environment,
} from './environments';
