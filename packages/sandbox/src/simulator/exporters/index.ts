import { createCadvisor } from './cadvisor';
import { createControlPlane } from './controlPlane';
import type { Exporter, ExporterContext } from './exporter';
import { createKubeState } from './kubeState';
import { createNodeExporter } from './nodeExporter';
import { createProxyAgents } from './proxyAgents';
import { createScrapeTargets } from './scrapeTargets';

/** Everything in a cluster that exposes metrics besides the mesh's proxies. */
export function createExporters(context: ExporterContext): Exporter[] {
  return [
    createKubeState(context),
    createCadvisor(context),
    createNodeExporter(context),
    createControlPlane(context),
    createProxyAgents(context),
    createScrapeTargets(context),
  ];
}
