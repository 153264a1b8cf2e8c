import { imageRepository, workloadName } from '../names';
import type { App, Release, World } from '../types';
import { item, type BuildContext, type Item } from './item';

/** Labels that select every version of an app. */
const selector = (app: App) => ({ app: app.name });

/** Labels of one version's pods; Istio reads `app` and `version`. */
function podLabels(app: App, release: Release): Record<string, string> {
  return {
    app: app.name,
    version: release.version,
    'app.kubernetes.io/name': app.name,
    'app.kubernetes.io/version': release.tag,
    'app.kubernetes.io/part-of': app.namespace,
    'service.istio.io/canonical-name': app.name,
    'service.istio.io/canonical-revision': release.version,
  };
}

function container(world: World, app: App, release: Release) {
  const memory = Math.ceil((app.behaviour.memoryMebibytes * 1.4) / 64) * 64;
  return {
    name: app.name,
    image: `${imageRepository(world, app)}:${release.tag}`,
    imagePullPolicy: 'IfNotPresent',
    ports: [
      {
        name: `${app.protocol}-main`.slice(0, 15),
        containerPort: app.port,
        protocol: 'TCP',
      },
    ],
    ...(app.config ? { envFrom: [{ configMapRef: { name: app.name } }] } : {}),
    resources: {
      requests: { cpu: `${app.cpuMillicores}m`, memory: `${memory}Mi` },
      limits: { cpu: `${app.cpuMillicores * 4}m`, memory: `${memory * 2}Mi` },
    },
    ...(app.protocol === 'http'
      ? {
          readinessProbe: {
            httpGet: { path: '/healthz', port: app.port },
            periodSeconds: 5,
          },
        }
      : {
          readinessProbe: { tcpSocket: { port: app.port }, periodSeconds: 5 },
        }),
  };
}

/** What is stored where, by the kind of workload. */
const storage = {
  Deployment: { resource: 'deployments.apps', apiVersion: 'apps/v1' },
  StatefulSet: { resource: 'statefulsets.apps', apiVersion: 'apps/v1' },
  Rollout: {
    resource: 'rollouts.argoproj.io',
    apiVersion: 'argoproj.io/v1alpha1',
  },
} as const;

/** What differs between the kinds of workload in their spec. */
function kindSpec(app: App) {
  if (app.kind === 'StatefulSet') {
    return { serviceName: app.name, podManagementPolicy: 'OrderedReady' };
  }
  return {
    strategy:
      app.kind === 'Rollout'
        ? { ...app.strategy }
        : {
            type: 'RollingUpdate',
            rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
          },
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
  };
}

/** Labels that a Rollout gives its pods by their side, not by its template. */
const sideLabels = ['version', 'service.istio.io/canonical-revision'];

function buildWorkload(
  world: World,
  app: App,
  release: Release,
  context: BuildContext,
): Item {
  const labels = podLabels(app, release);
  const sided = app.kind === 'Rollout';
  const templateLabels = Object.fromEntries(
    Object.entries(labels).filter(
      ([name]) => !sided || !sideLabels.includes(name),
    ),
  );
  const optOut =
    app.dataPlane === 'none' ? { 'sidecar.istio.io/inject': 'false' } : {};
  const { resource, apiVersion } = storage[app.kind];
  return item(
    context,
    resource,
    apiVersion,
    app.kind,
    {
      name: workloadName(app, release),
      namespace: app.namespace,
      ageHours: release.ageHours,
      labels,
      annotations: {
        ...app.annotations,
        ...(app.keptInGit
          ? {
              'argocd.argoproj.io/tracking-id': `${app.name}:apps/${app.kind}:${
                app.namespace
              }/${workloadName(app, release)}`,
            }
          : {}),
        ...(app.kind === 'Deployment'
          ? { 'deployment.kubernetes.io/revision': '1' }
          : {}),
      },
    },
    {
      spec: {
        replicas: release.replicas,
        selector: {
          matchLabels: sided
            ? { app: app.name }
            : { app: app.name, version: release.version },
        },
        ...kindSpec(app),
        template: {
          metadata: { labels: { ...templateLabels, ...optOut } },
          spec: {
            serviceAccountName: app.name,
            containers: [container(world, app, release)],
            terminationGracePeriodSeconds: 30,
          },
        },
      },
    },
  );
}

function buildAutoscaler(
  app: App,
  target: string,
  limits: NonNullable<App['autoscale']>,
  context: BuildContext,
): Item {
  return item(
    context,
    'horizontalpodautoscalers.autoscaling',
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    { name: target, namespace: app.namespace, ageHours: 24 * 30 },
    {
      spec: {
        scaleTargetRef: {
          apiVersion: storage[app.kind].apiVersion,
          kind: app.kind,
          name: target,
        },
        minReplicas: limits.minimum,
        maxReplicas: limits.maximum,
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: {
                type: 'Utilization',
                averageUtilization: limits.cpuPercent,
              },
            },
          },
        ],
      },
    },
  );
}

/** Service, accounts, configuration and workloads of one app. */
export function buildApp(
  world: World,
  app: App,
  context: BuildContext,
): Item[] {
  const metadata = {
    name: app.name,
    namespace: app.namespace,
    ageHours: Math.max(...app.releases.map(release => release.ageHours)) + 24,
    labels: { app: app.name, 'app.kubernetes.io/name': app.name },
  };
  const serviceMetadata = {
    ...metadata,
    ...(app.annotations ? { annotations: { ...app.annotations } } : {}),
    ...(app.waypoint
      ? {
          labels: { ...metadata.labels, 'istio.io/use-waypoint': app.waypoint },
        }
      : {}),
  };
  const items = [
    item(context, 'serviceaccounts', 'v1', 'ServiceAccount', metadata, {}),
    item(context, 'services', 'v1', 'Service', serviceMetadata, {
      spec: {
        type: 'ClusterIP',
        selector: selector(app),
        ports: [
          {
            name: app.protocol,
            port: app.port,
            targetPort: app.port,
            protocol: 'TCP',
          },
        ],
      },
    }),
    ...app.releases.map(release => buildWorkload(world, app, release, context)),
  ];
  if (app.config) {
    items.push(
      item(context, 'configmaps', 'v1', 'ConfigMap', metadata, {
        data: { ...app.config },
      }),
    );
  }
  if (app.autoscale) {
    const target = workloadName(app, app.releases[0]);
    items.push(buildAutoscaler(app, target, app.autoscale, context));
  }
  return items;
}
