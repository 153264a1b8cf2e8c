import {
  dashboardVariableSchema,
  type DashboardVariable,
} from '@orrery/backstage-plugin-telemetry-common';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { GrafanaConfig } from '../config/readTelemetryConfig';
import { fetchJson, fetchUpstream, readBytes } from '../sources/fetchJson';
import { UpstreamError } from '../sources/UpstreamError';
import { framingOf, type Framing } from './framingOf';

const KEPT_MILLISECONDS = 60_000;
const MOST_DASHBOARDS = 1000;
const MOST_IMAGE_BYTES = 4 * 1024 * 1024;

const foundSchema = z.array(
  z.object({
    uid: z.string(),
    title: z.string(),
    url: z.string().default(''),
    tags: z.array(z.string()).default([]),
    folderTitle: z.string().optional(),
  }),
);

/** A dashboard in Grafana's search. */
export type FoundDashboard = z.infer<typeof foundSchema>[number];

const panelSchema = z.object({
  id: z.number().int(),
  title: z.string().default(''),
  type: z.string(),
  description: z.string().optional(),
  datasource: z.unknown().optional(),
  targets: z
    .array(
      z.object({
        expr: z.string().optional(),
        legendFormat: z.string().optional(),
        hide: z.boolean().optional(),
        datasource: z.unknown().optional(),
      }),
    )
    .optional(),
  fieldConfig: z
    .object({ defaults: z.object({ unit: z.string().optional() }).optional() })
    .optional(),
});

/** A panel in a dashboard's model. */
export type GrafanaPanel = z.infer<typeof panelSchema>;

const modelSchema = z.object({
  dashboard: z.object({
    uid: z.string(),
    title: z.string(),
    panels: z.array(z.unknown()).default([]),
    templating: z.object({ list: z.array(z.unknown()).optional() }).optional(),
  }),
});

/** A dashboard in full. */
export type GrafanaDashboard = {
  title: string;
  panels: GrafanaPanel[];
  variables: DashboardVariable[];
};

function parsed<T extends z.ZodType>(
  schema: T,
  values: readonly unknown[],
): z.infer<T>[] {
  return values.flatMap(value => {
    const result = schema.safeParse(value);
    return result.success ? [result.data] : [];
  });
}

/** Panels in rows that are folded up are in the rows. */
function flatten(panels: readonly unknown[]): unknown[] {
  return panels.flatMap(panel => {
    const inner: unknown =
      typeof panel === 'object' && panel !== null
        ? Reflect.get(panel, 'panels')
        : undefined;
    return Array.isArray(inner) ? [panel, ...inner] : [panel];
  });
}

/** What is in the answer is not wanted; nobody waits until that is known. */
function letGo({ body }: Response): void {
  body?.cancel().catch(() => undefined);
}

/** Asks one Grafana (https://grafana.com/docs/grafana/latest/developers/http_api/). */
export class GrafanaSource {
  readonly config: GrafanaConfig;
  readonly #cache = new LRUCache<string, Promise<object>>({
    max: 500,
    ttl: KEPT_MILLISECONDS,
  });

  constructor(config: GrafanaConfig) {
    this.config = config;
  }

  get name(): string {
    return this.config.name;
  }

  /** All dashboards that the token may see. */
  dashboards(): Promise<FoundDashboard[]> {
    return this.#shared('dashboards', async () => {
      const answer = await this.#get(
        `/api/search?type=dash-db&limit=${MOST_DASHBOARDS}`,
      );
      return this.#parse(foundSchema, answer);
    });
  }

  /** undefined when there is none. */
  async dashboard(uid: string): Promise<GrafanaDashboard | undefined> {
    const { found } = await this.#shared(`dashboard ${uid}`, async () => {
      const answer = await this.#get(
        `/api/dashboards/uid/${encodeURIComponent(uid)}`,
      );
      if (answer === undefined) {
        return { found: undefined };
      }
      const { dashboard } = this.#parse(modelSchema, answer);
      return {
        found: {
          title: dashboard.title,
          panels: parsed(panelSchema, flatten(dashboard.panels)).filter(
            ({ type }) => type !== 'row',
          ),
          variables: parsed(
            dashboardVariableSchema,
            dashboard.templating?.list ?? [],
          ),
        },
      };
    });
    return found;
  }

  /** Whether a browser would show the page in a frame, asked as a browser without a login does. */
  framing(path: string, portalOrigin: string): Promise<Framing> {
    const page = path.replace(/\?.*/, '');
    return this.#shared(`framing ${page}`, async (): Promise<Framing> => {
      if (this.config.embed === 'never') {
        return { isAllowed: false, reason: 'embedding is off (embed: never)' };
      }
      const { url, timeoutSeconds } = this.config;
      const response = await fetchUpstream(
        this.name,
        { url, timeoutSeconds, headers: {} },
        path,
      );
      letGo(response);
      return framingOf(response, portalOrigin);
    });
  }

  /**
   * A panel as Grafana's renderer draws it.
   *
   * @throws UpstreamError when there is no renderer, or its answer is no picture
   */
  async image(path: string): Promise<{ type: string; bytes: Buffer }> {
    return this.#shared(`image ${path}`, async () => {
      const response = await fetchUpstream(this.name, this.config, path);
      const type = response.headers.get('content-type') ?? '';
      if (!response.ok || !/^image\/(png|jpeg)\b/.test(type)) {
        letGo(response);
        throw new UpstreamError(
          `${this.name} has no picture of the panel (${response.status}): its renderer may not be installed`,
        );
      }
      return {
        type,
        bytes: await readBytes(this.name, response, MOST_IMAGE_BYTES),
      };
    });
  }

  async #get(path: string): Promise<unknown> {
    return fetchJson(this.name, this.config, path);
  }

  #parse<T extends z.ZodType>(schema: T, answer: unknown): z.infer<T> {
    const result = schema.safeParse(answer);
    if (!result.success) {
      throw new UpstreamError(
        `${this.name} answered something else than Grafana's API says`,
      );
    }
    return result.data;
  }

  #shared<T extends object>(key: string, ask: () => Promise<T>): Promise<T> {
    const present = this.#cache.get(key);
    if (present) {
      return present as Promise<T>;
    }
    const answer = ask();
    this.#cache.set(key, answer);
    answer.catch(() => this.#cache.delete(key));
    return answer;
  }
}
