export { createPrometheusClients } from './createPrometheusClients';
export { HttpPrometheusClient } from './HttpPrometheusClient';
export { PrometheusError, type PrometheusFailure } from './PrometheusError';
export type {
  PartialAnswers,
  PrometheusClient,
  PrometheusSample,
  PrometheusSeries,
} from './types';
