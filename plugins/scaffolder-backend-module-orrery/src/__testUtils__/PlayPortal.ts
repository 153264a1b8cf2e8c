import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  createPrefixInputSchema,
  createTokenInputSchema,
  deletePrefixInputSchema,
} from '@orrery/backstage-plugin-config-center-common';
import {
  applyObjectsInputSchema,
  canaryPlanSchema,
  createBuildJobInputSchema,
  createImageProjectInputSchema,
  deleteBuildJobInputSchema,
  deleteObjectsInputSchema,
  deleteSourceProjectInputSchema,
  startBuildInputSchema,
} from '@orrery/backstage-plugin-delivery-common';
import { logCollectionInputSchema } from '@orrery/backstage-plugin-logs-common';
import {
  consentInputSchema,
  encodeStreamEvent,
  parseWith,
} from '@orrery/backstage-plugin-orrery-common';
import {
  putDashboardInputSchema,
  serviceDashboardPlaceSchema,
} from '@orrery/backstage-plugin-telemetry-common';
import type { z } from 'zod';
import type { Tools } from '../actions/tools';
import type { PortalClient } from '../client';

/** What the actions of the plugins take, by `plugin/action`. */
const INPUTS: Readonly<Record<string, z.ZodType>> = {
  'delivery/apply-objects': applyObjectsInputSchema,
  'delivery/delete-objects': deleteObjectsInputSchema,
  'delivery/create-build-job': createBuildJobInputSchema,
  'delivery/delete-build-job': deleteBuildJobInputSchema,
  'delivery/start-build': startBuildInputSchema,
  'delivery/delete-source-project': deleteSourceProjectInputSchema,
  'delivery/create-image-project': createImageProjectInputSchema,
  'delivery/start-canary': canaryPlanSchema,
  'config-center/create-prefix': createPrefixInputSchema,
  'config-center/delete-prefix': deletePrefixInputSchema,
  'config-center/create-token': createTokenInputSchema,
  'logs/set-log-collection': logCollectionInputSchema,
  'telemetry/put-dashboard': putDashboardInputSchema,
  'telemetry/delete-dashboard': serviceDashboardPlaceSchema,
  'orrery/consent': consentInputSchema,
};

/** One run that reached a plugin. */
export type Run = {
  action: string;
  input: unknown;
  key: string;
  consent: unknown;
};

const entity = (kind: string, name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name },
});

const IMAGE = 'registry.example/wealth/coupon:1.0.0';

const PROVENANCE = { sources: [], warnings: [] };

/**
 * The portal's plugins, played: actions take what the real ones take, and
 * refuse where a test wants it; builds succeed at once.
 */
export class PlayPortal implements Pick<PortalClient, 'get' | 'post' | 'open'> {
  readonly runs: Run[] = [];
  readonly previews: string[] = [];
  /** Refusals by `plugin/action`. */
  readonly refusals = new Map<string, string>();
  /** What an activity became, by `plugin/action`; succeeded otherwise. */
  readonly outcomes = new Map<string, string[]>();
  /** Text of what is there before objects are applied. */
  before = '';
  names: Record<string, unknown> = {};
  prefix = { prefix: 'wealth-test.coupon/', state: 'free', keys: 0 };
  /** Keys in Consul, with those that are secret. */
  config = [
    { key: 'limits/perDay', text: '3', hasSecret: false },
    { key: 'db/password', text: '••••', hasSecret: true },
  ];
  /** Whether its dashboard is in Grafana. */
  hasDashboard = true;
  /** Ports that its container declares. */
  ports = [8080, 9090];
  hasGitLab = true;
  /** What runs of the app. */
  workloads = ['Deployment/coupon'];
  /** What the catalog has, by ref. */
  readonly entities = new Map<string, Entity>([
    ['group:default/trading', entity('Group', 'trading')],
    [
      'component:default/coupon',
      {
        ...entity('Component', 'coupon'),
        metadata: {
          name: 'coupon',
          description: 'Hands out coupons',
          tags: ['typescript'],
          annotations: { 'gitlab.com/project-slug': 'wealth/coupon' },
        },
        spec: { owner: 'group:default/trading' },
      },
    ],
  ]);
  /** Files that are in the catalog. */
  readonly locations: string[] = [];
  readonly catalog: Tools['catalog'] = {
    getEntityByRef: async ref =>
      this.entities.get(
        typeof ref === 'string' ? ref : stringifyEntityRef(ref),
      ),
    addLocation: async ({ target, dryRun }) => {
      const exists = this.locations.includes(target);
      if (exists && !dryRun) {
        throw new Error(`${target} exists already`);
      }
      if (!dryRun) {
        this.locations.push(target);
      }
      return {
        location: { id: target, type: 'url', target, entityRef: '' },
        exists,
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: { name: 'coupon' },
          },
        ],
      };
    },
  };
  #builds = 0;
  readonly #activities = new Map<string, object>();

  async get<T>(plugin: string, path: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(this.#answer(plugin, path.split('?')[0]));
  }

  async post<T>(
    plugin: string,
    path: string,
    body: object,
    schema: z.ZodType<T>,
  ): Promise<T> {
    const [, , action, verb] = path.split('/');
    const name = `${plugin}/${action}`;
    const input = parseWith(
      INPUTS[name],
      Reflect.get(body, 'input'),
      `input of ${name}`,
    );
    const refusal = this.refusals.get(name);
    if (refusal) {
      throw new Error(refusal);
    }
    if (verb === 'preview') {
      this.previews.push(name);
      return schema.parse({
        action,
        target: 'kepler-sh/wealth-test',
        summary: `Do ${name}`,
        before: this.before,
        after: '',
        blastRadius: { sentences: [] },
        resourceVersion: '1',
        warnings: [],
      });
    }
    const key = String(Reflect.get(body, 'idempotencyKey'));
    const consent: unknown = Reflect.get(body, 'underConsent');
    this.runs.push({ action: name, input, key, consent });
    if (action === 'start-build') {
      this.#builds += 1;
    }
    const id = `a${this.runs.length}`;
    const [first = 'succeeded', ...rest] = this.outcomes.get(name) ?? [];
    const activity = {
      id,
      startedAt: new Date().toISOString(),
      actor: 'user:default/chen',
      action: name,
      target: 'kepler-sh/wealth-test',
      reason: String(Reflect.get(body, 'reason')),
      summary: `Do ${name}`,
      before: '',
      after: '',
      state: first,
      message: `It ${first}`,
      undo: '',
    };
    this.#activities.set(id, {
      ...activity,
      state: rest.at(0) ?? first,
      message: `It ${rest.at(0) ?? first}`,
    });
    return schema.parse(activity);
  }

  async open(): Promise<Response> {
    const piece = (text: string, isEnd: boolean) =>
      encodeStreamEvent({
        event: 'delta',
        data: JSON.stringify({ text, isEnd }),
      });
    return new Response(
      piece('Cloning\nComp', false) + piece('iling\nSUCCESS\n', true),
    );
  }

  #answer(plugin: string, path: string): unknown {
    const [, first, last] = path.split('/');
    switch (`${plugin}/${first}`) {
      case 'orrery/activity':
        return this.#activities.get(last);
      case 'delivery/builds':
        return {
          job: 'coupon.wealth',
          isBuildable: true,
          parameters: [],
          queue: [],
          builds: Array.from({ length: this.#builds }, (_, index) => ({
            number: this.#builds - index,
            state: 'succeeded',
            parameters: {},
            revision: '84b494eb206c9e2f',
            url: 'http://jenkins/1',
          })),
          provenance: PROVENANCE,
        };
      case 'delivery/service-images':
        return {
          image: `registry.example/wealth/coupon:${last}`,
          state: 'exists',
          digest: 'sha256:1',
        };
      case 'delivery/service-inventory':
        return {
          objects: [{ apiVersion: 'v1', kind: 'Service', name: 'coupon' }],
          unknown: [],
          job: 'coupon.wealth',
          project: 'wealth/coupon',
          ...(this.entities.has('component:default/coupon') && {
            entityRef: 'component:default/coupon',
          }),
        };
      case 'delivery/workloads':
        return last
          ? {
              summary: this.#workload(decodeURIComponent(last)),
              resourceVersion: '1',
              isPaused: false,
              isProtected: false,
              containers: [
                this.#container('istio-proxy', [15_090]),
                this.#container('coupon', this.ports),
              ],
              pods: [],
              events: [],
              budgets: [],
              revisions: [],
              provenance: PROVENANCE,
            }
          : {
              items: this.workloads.map(key =>
                this.#workload(`kepler-sh/wealth-test/${key}`),
              ),
              provenance: PROVENANCE,
            };
      case 'delivery/source-groups':
        if (!this.hasGitLab) {
          throw new Error('GitLab cannot be reached');
        }
        return { host: 'gitlab.example', groups: [] };
      case 'config-center/tree':
        return {
          service: 'kepler-sh/wealth-test/service/coupon',
          prefix: 'wealth-test.coupon/',
          entries: this.config.map(entry => ({
            ...entry,
            kind: 'text',
            bytes: 1,
            modifyIndex: 1,
            createIndex: 1,
            excerpt: '',
            problems: 0,
          })),
          missingKeys: [],
          provenance: PROVENANCE,
        };
      case 'delivery/service-names':
        return {
          project: 'wealth/coupon',
          job: 'coupon.wealth',
          image: 'wealth/coupon',
          consulPrefix: 'wealth-test.coupon/',
          imageRepository: 'registry.example/wealth/coupon',
          system: 'wealth',
          environment: 'test',
          isProtected: false,
          checks: [],
          ...this.names,
        };
      case 'config-center/prefixes':
        return this.prefix;
      case 'telemetry/service-dashboard':
        return {
          uid: 'orrery-1',
          url: 'http://grafana/d/1',
          exists: this.hasDashboard,
        };
      default:
        throw new Error(`Nobody plays ${plugin}${path}`);
    }
  }

  #workload(ref: string) {
    const [cluster, namespace, kind, name] = ref.split('/');
    return {
      ref,
      cluster,
      namespace,
      kind,
      name,
      app: 'coupon',
      state: 'Healthy',
      sentence: '',
      pods: {},
      images: [{ container: 'coupon', image: IMAGE }],
      managedBy: { by: 'hand', sentence: '' },
    };
  }

  #container(name: string, ports: number[]) {
    return {
      name,
      isInit: false,
      image: name === 'coupon' ? IMAGE : 'proxy:1',
      repository: 'wealth/coupon',
      tag: '1.0.0',
      ports,
      requests: {},
      limits: {},
      probes: {},
      environment: [],
    };
  }
}
