export {
  createGrafana,
  GRAFANA_EDITOR_TOKEN,
  GRAFANA_TOKEN,
  type GrafanaOptions,
} from './facade';
