import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

type Example = { description: string; id: string; input: object };

const PLACE = { cluster: 'kepler-sh', namespace: 'wealth-test', app: 'coupon' };

/**
 * Examples of every action. The tests run them as they stand, so what is
 * documented works.
 */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  'kubernetes-apply': [
    {
      description: 'Apply the manifests of a folder, and wait for the pods',
      id: 'orrery:kubernetes:apply',
      input: { ...PLACE, path: './deploy', waitSeconds: 300 },
    },
    {
      description: 'Apply one object that is written in the template',
      id: 'orrery:kubernetes:apply',
      input: {
        ...PLACE,
        objects: [
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'coupon-limits' },
            data: { perDay: '3' },
          },
        ],
        wait: false,
      },
    },
  ],
  'catalog-register': [
    {
      description: 'Register what a new repository describes',
      id: 'orrery:catalog:register',
      input: {
        url: 'https://gitlab.example/wealth/coupon/-/blob/main/catalog-info.yaml',
      },
    },
  ],
  'mesh-expose': [
    {
      description: 'Serve a service at a host of the mesh’s gateway',
      id: 'orrery:mesh:expose',
      input: {
        cluster: PLACE.cluster,
        namespace: PLACE.namespace,
        service: PLACE.app,
        port: 8080,
        host: 'coupon.kepler.example',
        gateway: 'istio-system/kepler',
        timeout: '10s',
        retries: 2,
      },
    },
  ],
  'canary-create': [
    {
      description: 'Send a new image 5 %, then 50 % of the requests',
      id: 'orrery:canary:create',
      input: {
        cluster: PLACE.cluster,
        namespace: PLACE.namespace,
        workload: 'Deployment/coupon',
        image: 'registry.kepler.example/wealth/coupon:1.1.0',
        strategy: {
          steps: [
            { kind: 'weight', weight: 5 },
            { kind: 'weight', weight: 50 },
          ],
        },
      },
    },
  ],
  'alarms-rules': [
    {
      description: 'Alarm the owners when more than 2 % of the requests fail',
      id: 'orrery:alarms:rules',
      input: {
        ...PLACE,
        owner: 'group:default/trading',
        errorShare: 0.02,
        p95Milliseconds: 500,
      },
    },
    {
      description: 'Alarm by the rules that the repository keeps',
      id: 'orrery:alarms:rules',
      input: { ...PLACE, path: './deploy/monitoring/prometheus-rule.yaml' },
    },
  ],
  'jenkins-job': [
    {
      description: 'Make the job of a service, and build its first image',
      id: 'orrery:jenkins:job',
      input: { ...PLACE, branch: 'main', build: true },
    },
  ],
  'registry-project': [
    {
      description: 'Make room for the images of a service',
      id: 'orrery:registry:project',
      input: PLACE,
    },
  ],
  'consul-prefix': [
    {
      description: 'Write the configuration that a service starts with',
      id: 'orrery:consul:prefix',
      input: { ...PLACE, values: { 'limits/perDay': '3' } },
    },
    {
      description: 'Also make a token that reads it, in a Secret',
      id: 'orrery:consul:prefix',
      input: { ...PLACE, values: { 'limits/perDay': '3' }, token: true },
    },
  ],
  'grafana-dashboard': [
    {
      description: 'Make a dashboard from a file of the workspace',
      id: 'orrery:grafana:dashboard',
      input: { ...PLACE, title: 'Coupons', path: './deploy/dashboard.json' },
    },
  ],
  'logs-enable': [
    {
      description: 'Collect what a workload writes to its output',
      id: 'orrery:logs:enable',
      input: {
        cluster: PLACE.cluster,
        namespace: PLACE.namespace,
        workload: 'Deployment/coupon',
      },
    },
  ],
  'approval-request': [
    {
      description: 'Ask a second person where the environment is protected',
      id: 'orrery:approval:request',
      input: {
        target: 'kepler-sh/wealth-test',
        summary: 'New service coupon',
        reason: 'Coupons for new customers',
      },
    },
  ],
  'service-read': [
    {
      description: 'Read what runs of a service, with its keys in Consul',
      id: 'orrery:service:read',
      input: { ...PLACE, needs: ['component', 'port'], config: true },
    },
  ],
  'names-check': [
    {
      description: 'Refuse a name that any system has already',
      id: 'orrery:names:check',
      input: {
        ...PLACE,
        group: 'wealth',
        host: 'coupon.kepler.example',
        owner: 'group:default/trading',
      },
    },
  ],
  'clean-up': [
    {
      description: 'Take back what earlier steps made, the last first',
      id: 'orrery:clean-up',
      input: {
        of: [
          {
            plugin: 'delivery',
            action: 'delete-build-job',
            input: PLACE,
          },
        ],
      },
    },
  ],
  'retire-plan': [
    {
      description: 'List what belongs to a service',
      id: 'orrery:retire:plan',
      input: PLACE,
    },
  ],
  'retire-run': [
    {
      description: 'Take away what was listed',
      id: 'orrery:retire:run',
      input: {
        plan: {
          ...PLACE,
          text: '',
          works: [
            { plugin: 'delivery', action: 'delete-build-job', input: PLACE },
          ],
        },
      },
    },
  ],
};

/** The examples of an action as templates have them. */
export function examplesOf(name: string): TemplateExample[] {
  return (EXAMPLES[name] ?? []).map(({ description, id, input }) => ({
    description,
    example: stringify({ steps: [{ id: 'step', action: id, input }] }),
  }));
}
