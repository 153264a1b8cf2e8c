export {
  provenanceSchema,
  sourceStatusSchema,
  warningSchema,
  type Provenance,
  type SourceStatus,
  type Warning,
} from './provenance';
