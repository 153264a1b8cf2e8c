export {
  readOrreryConfig,
  type ClusterConfig,
  type OrreryConfig,
  type PrometheusConfig,
} from './readOrreryConfig';
