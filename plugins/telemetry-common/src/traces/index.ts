export { assembleTrace, type AssembledTrace } from './assembleTrace';
export {
  compareDependencies,
  type TracedLink,
  type MeshLink,
} from './compareDependencies';
export { correctClocks, type CorrectedSpans } from './correctClocks';
export { criticalPath, type Stretch, type TracePath } from './criticalPath';
export { hideSpans, HIDDEN_SERVICE, servicesOfTrace } from './hideSpans';
export { joinSpans, type JoinedSpans } from './joinSpans';
export { matchesTrace, type TraceFilter } from './matchesTrace';
export { spanTree, type SpanNode, type SpanTree } from './spanTree';
export { summarizeTrace } from './summarizeTrace';
export { parseTraceId, type TraceAddress } from './traceIds';
export {
  waterfallRows,
  visibleRows,
  type Waterfall,
  type WaterfallRow,
} from './waterfall';
export {
  readZipkinSpan,
  zipkinSpanSchema,
  type ZipkinSpan,
} from './zipkinSpans';
export {
  dependenciesResponseSchema,
  spanSchema,
  TRACE_PROBLEMS,
  traceQuerySchema,
  traceResponseSchema,
  traceServicesResponseSchema,
  tracesResponseSchema,
  traceSummarySchema,
  traceTagValuesResponseSchema,
  type DependenciesResponse,
  type DependencyLink,
  type Span,
  type TraceProblem,
  type TraceProblemKind,
  type TraceQuery,
  type TraceResponse,
  type TraceServicesResponse,
  type TracesResponse,
  type TraceSummary,
  type TraceTagValuesResponse,
} from './traces';
