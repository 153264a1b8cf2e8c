import { createHash } from 'node:crypto';
import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import { HttpUpstream } from '@orrery/backstage-plugin-orrery-node';
import type { ServiceDashboard } from '@orrery/backstage-plugin-telemetry-common';
import { z } from 'zod';
import type {
  ClusterTelemetryConfig,
  GrafanaConfig,
} from '../config/readTelemetryConfig';

const foundSchema = z.object({
  dashboard: z.record(z.string(), z.unknown()),
  meta: z.object({ url: z.string().optional() }).optional(),
});

/** Which service's dashboard. */
export type DashboardPlace = {
  cluster: string;
  namespace: string;
  app: string;
};

/** Identifier of a service's own dashboard: always the same one. */
export function uidOf({ cluster, namespace, app }: DashboardPlace): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([cluster, namespace, app]))
    .digest('hex');
  return `orrery-${hash.slice(0, 24)}`;
}

/**
 * The one dashboard that each service may have of its own, in the cluster's
 * first Grafana (https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/).
 */
export class ServiceDashboards {
  readonly #grafanas = new Map<
    string,
    { config: GrafanaConfig; upstream: HttpUpstream }
  >();

  constructor(clusters: ReadonlyMap<string, ClusterTelemetryConfig>) {
    for (const [cluster, { grafana }] of clusters) {
      const [config] = grafana;
      if (config) {
        const { name, url, headers, timeoutSeconds } = config;
        this.#grafanas.set(cluster, {
          config,
          upstream: new HttpUpstream({
            name: `Grafana ${name}`,
            url,
            headers,
            timeoutSeconds,
            maxConcurrency: 4,
          }),
        });
      }
    }
  }

  /** Where the dashboard is, or would be. */
  async where(place: DashboardPlace): Promise<ServiceDashboard> {
    const { config } = this.#of(place);
    const uid = uidOf(place);
    return {
      uid,
      url: `${config.publicUrl}/d/${uid}`,
      exists: (await this.read(place)) !== undefined,
    };
  }

  /** The dashboard's model; undefined where there is none. */
  async read(
    place: DashboardPlace,
  ): Promise<Record<string, unknown> | undefined> {
    const { upstream } = this.#of(place);
    const answer = await upstream.send(`/api/dashboards/uid/${uidOf(place)}`);
    if (answer.status === 404) {
      return undefined;
    }
    if (answer.status !== 200) {
      throw upstream.refusal(answer);
    }
    return foundSchema.parse(JSON.parse(answer.text)).dashboard;
  }

  /** @param message - kept with the version in Grafana */
  async write(
    place: DashboardPlace,
    dashboard: Record<string, unknown>,
    message: string,
  ): Promise<void> {
    const { upstream } = this.#of(place);
    const answer = await upstream.send('/api/dashboards/db', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ dashboard, message, overwrite: true }),
    });
    if (answer.status !== 200) {
      throw upstream.refusal(answer);
    }
  }

  async delete(place: DashboardPlace): Promise<void> {
    const { upstream } = this.#of(place);
    const answer = await upstream.send(`/api/dashboards/uid/${uidOf(place)}`, {
      method: 'DELETE',
    });
    if (answer.status !== 200 && answer.status !== 404) {
      throw upstream.refusal(answer);
    }
  }

  #of({ cluster }: DashboardPlace) {
    const found = this.#grafanas.get(cluster);
    if (!found) {
      throw new InvalidValueError(
        'cluster',
        'a cluster with a Grafana (orrery.clusters[].grafana)',
        cluster,
      );
    }
    return found;
  }
}
