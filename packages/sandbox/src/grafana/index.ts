export { createGrafana, GRAFANA_TOKEN, type GrafanaOptions } from './facade';
