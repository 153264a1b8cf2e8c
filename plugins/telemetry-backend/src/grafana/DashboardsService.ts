import { NotFoundError } from '@backstage/errors';
import {
  resolveTimeRange,
  type SourceStatus,
  type TimeRange,
} from '@orrery/backstage-plugin-orrery-common';
import {
  chartGrid,
  variablesOfService,
  type Dashboard,
  type DashboardPanel,
  type DashboardPanelsResponse,
  type DashboardsResponse,
  type PanelDrawingResponse,
} from '@orrery/backstage-plugin-telemetry-common';
import type { EntityAnnotations } from '../catalog/EntityAnnotations';
import { serviceOfRef } from '../charts/ChartsService';
import type { PrometheusHistory } from '../charts/PrometheusHistory';
import { reasonOf } from '../sources/UpstreamError';
import { drawPanel, whyNotDrawn } from './drawPanel';
import type {
  GrafanaDashboard,
  GrafanaPanel,
  GrafanaSource,
} from './GrafanaSource';
import { closeness, SELECTOR, whyFound } from './whyFound';
import { panelPath, type PanelAddress } from './panelAddress';

/** For whom, when and in which colours. */
export type PanelView = TimeRange & { ref: string; theme?: 'light' | 'dark' };

type Place = { grafana: string; uid: string };

/** Finds dashboards of services, and shows their panels. */
export class DashboardsService {
  readonly #sources: ReadonlyMap<string, readonly GrafanaSource[]>;
  readonly #histories: ReadonlyMap<string, PrometheusHistory>;
  readonly #annotations: EntityAnnotations;
  readonly #portalOrigin: string;
  readonly #now: () => number;

  constructor(options: {
    sources: ReadonlyMap<string, readonly GrafanaSource[]>;
    histories: ReadonlyMap<string, PrometheusHistory>;
    annotations: EntityAnnotations;
    portalOrigin: string;
    now?: () => number;
  }) {
    this.#sources = options.sources;
    this.#histories = options.histories;
    this.#annotations = options.annotations;
    this.#portalOrigin = options.portalOrigin;
    this.#now = options.now ?? (() => Date.now());
  }

  async list(view: PanelView): Promise<DashboardsResponse> {
    const { cluster, app, namespace } = serviceOfRef(view.ref);
    const range = resolveTimeRange(view, this.#now());
    const sources = this.#sources.get(cluster) ?? [];
    const selector = (await this.#annotations.of(view.ref))[SELECTOR];
    const answers = await Promise.all(
      sources.map(async source => {
        try {
          const found = await source.dashboards();
          return {
            source,
            found: found
              .flatMap(dashboard => {
                const foundBy = whyFound(dashboard, { source, selector, app });
                return foundBy ? [{ dashboard, foundBy }] : [];
              })
              .sort(
                (left, right) =>
                  closeness(left.dashboard, source, app) -
                  closeness(right.dashboard, source, app),
              ),
          };
        } catch (error) {
          return { source, found: [], reason: reasonOf(error) };
        }
      }),
    );
    const dashboards = answers.flatMap(({ source, found }) =>
      found.map(({ dashboard, foundBy }): Dashboard => {
        const variables = { namespace, app, service: app };
        const address = { ...range, uid: dashboard.uid, variables };
        return {
          grafana: source.name,
          uid: dashboard.uid,
          title: dashboard.title,
          ...(dashboard.folderTitle && { folder: dashboard.folderTitle }),
          tags: dashboard.tags,
          foundBy,
          url: `${source.config.publicUrl}${panelPath('d', address)}`,
        };
      }),
    );
    const statuses = answers.map(
      ({ source: { name }, reason }): SourceStatus =>
        reason === undefined
          ? { name, state: 'ok' }
          : { name, state: 'failed', reason },
    );
    return {
      dashboards,
      provenance: {
        sources:
          statuses.length > 0
            ? statuses
            : [
                {
                  name: 'grafana',
                  state: 'absent',
                  reason: `No Grafana is configured for cluster ${cluster} (orrery.clusters[].grafana)`,
                },
              ],
        warnings: [],
      },
    };
  }

  async panels(
    view: PanelView,
    place: Place,
  ): Promise<DashboardPanelsResponse> {
    const { source, dashboard, address } = await this.#open(view, place);
    const first = dashboard.panels[0];
    const solo = panelPath('d-solo', { ...address, panelId: first?.id });
    let framing: { isAllowed: boolean; reason?: string };
    try {
      framing = await source.framing(solo, this.#portalOrigin);
    } catch (error) {
      framing = { isAllowed: false, reason: reasonOf(error) };
    }
    const hasHistory = this.#histories.has(serviceOfRef(view.ref).cluster);
    const panels = dashboard.panels.map((panel): DashboardPanel => {
      const at = { ...address, panelId: panel.id };
      const notDrawn = hasHistory
        ? whyNotDrawn(panel)
        : 'the cluster has no Prometheus';
      const reasons = [
        framing.isAllowed ? undefined : framing.reason,
        notDrawn && `it cannot be drawn here: ${notDrawn}`,
      ].filter(Boolean);
      const { publicUrl } = source.config;
      return {
        id: panel.id,
        title: panel.title || `#${panel.id}`,
        type: panel.type,
        ...(panel.description && { description: panel.description }),
        showing: [
          ...(framing.isAllowed ? (['embed'] as const) : []),
          'image',
          ...(notDrawn ? [] : (['drawn'] as const)),
          'link',
        ],
        ...(framing.isAllowed && {
          embedUrl: `${publicUrl}${panelPath('d-solo', at)}`,
        }),
        url: `${publicUrl}${panelPath('d', at)}`,
        ...(reasons.length > 0 && { reason: reasons.join('; ') }),
      };
    });
    return {
      title: dashboard.title,
      panels,
      provenance: {
        sources: [{ name: source.name, state: 'ok' }],
        warnings: [],
      },
    };
  }

  async image(
    view: PanelView,
    place: Place & { panelId: number; width: number; height: number },
  ): Promise<{ type: string; bytes: Buffer }> {
    const { source, dashboard, address } = await this.#open(view, place);
    panelOf(dashboard, place.panelId);
    const { panelId, width, height } = place;
    return source.image(
      panelPath('render/d-solo', { ...address, panelId, width, height }),
    );
  }

  async drawing(
    view: PanelView,
    place: Place & { panelId: number },
  ): Promise<PanelDrawingResponse> {
    const { dashboard } = await this.#open(view, place);
    const panel = panelOf(dashboard, place.panelId);
    const { cluster, namespace, app } = serviceOfRef(view.ref);
    const history = this.#histories.get(cluster);
    if (!history) {
      throw new NotFoundError(`Cluster ${cluster} has no Prometheus`);
    }
    const grid = chartGrid(resolveTimeRange(view, this.#now()));
    const chart = await drawPanel({
      history,
      dashboard,
      panel,
      service: { namespace, app },
      grid,
    });
    return {
      chart,
      stepSeconds: grid.stepSeconds,
      provenance: {
        sources: [{ name: history.name, state: 'ok' }],
        warnings: [],
      },
    };
  }

  /** Only what was found for the service is opened; others might tell of anybody. */
  async #open(
    view: PanelView,
    { grafana, uid }: Place,
  ): Promise<{
    source: GrafanaSource;
    dashboard: GrafanaDashboard;
    address: PanelAddress;
  }> {
    const { cluster, namespace, app } = serviceOfRef(view.ref);
    const range = resolveTimeRange(view, this.#now());
    const source = (this.#sources.get(cluster) ?? []).find(
      ({ name }) => name === grafana,
    );
    const selector = (await this.#annotations.of(view.ref))[SELECTOR];
    const found = source && (await source.dashboards());
    const listed = found?.find(dashboard => dashboard.uid === uid);
    const isOfService =
      source && listed && whyFound(listed, { source, selector, app });
    const dashboard = isOfService ? await source.dashboard(uid) : undefined;
    if (!source || !dashboard) {
      throw new NotFoundError(
        `uid: expected a dashboard of ${view.ref}, got ${grafana}/${uid}`,
      );
    }
    const variables = variablesOfService(dashboard.variables, {
      namespace,
      app,
    });
    const { theme } = view;
    return {
      source,
      dashboard,
      address: { uid, ...range, variables, ...(theme && { theme }) },
    };
  }
}

function panelOf(dashboard: GrafanaDashboard, panelId: number): GrafanaPanel {
  const panel = dashboard.panels.find(({ id }) => id === panelId);
  if (!panel) {
    throw new NotFoundError(
      `panelId: expected one of ${dashboard.panels
        .map(({ id }) => id)
        .join(', ')}, got ${panelId}`,
    );
  }
  return panel;
}
