import { at, isNamedAfter, list } from './read';
import type { Manifest } from './schema';

type Owner = { app: string; namespace: string };

const APP_LABELS = ['app', 'app.kubernetes.io/name'];

/** Where kinds say which pods they are about. */
const SELECTIONS: Readonly<Record<string, readonly string[][]>> = {
  NetworkPolicy: [['podSelector', 'matchLabels']],
  PodDisruptionBudget: [['selector', 'matchLabels']],
  PeerAuthentication: [['selector', 'matchLabels']],
  AuthorizationPolicy: [['selector', 'matchLabels']],
  Telemetry: [['selector', 'matchLabels']],
  Sidecar: [['workloadSelector', 'labels']],
  Deployment: [
    ['selector', 'matchLabels'],
    ['template', 'metadata', 'labels'],
  ],
  StatefulSet: [
    ['selector', 'matchLabels'],
    ['template', 'metadata', 'labels'],
  ],
};

const CANARY = ['strategy', 'canary'];
const BLUE_GREEN = ['strategy', 'blueGreen'];
const ISTIO = [...CANARY, 'trafficRouting', 'istio'];

/** Where kinds name other objects that they change or stand for. */
const NAMES: Readonly<Record<string, readonly string[][]>> = {
  HorizontalPodAutoscaler: [['scaleTargetRef', 'name']],
  Canary: [
    ['targetRef', 'name'],
    ['autoscalerRef', 'name'],
    ['service', 'name'],
  ],
  Rollout: [
    ['workloadRef', 'name'],
    [...CANARY, 'stableService'],
    [...CANARY, 'canaryService'],
    [...BLUE_GREEN, 'activeService'],
    [...BLUE_GREEN, 'previewService'],
    [...ISTIO, 'virtualService', 'name'],
    [...ISTIO, 'destinationRule', 'name'],
  ],
};

/** What is wrong with labels that select pods; undefined where they are the app's. */
function wrongLabels(app: string, labels: unknown): string | undefined {
  const values = APP_LABELS.map(label => at(labels, label));
  const other = values.find(value => value !== undefined && value !== app);
  if (other !== undefined) {
    return `it is about pods of ${String(other)}`;
  }
  return values.includes(app)
    ? undefined
    : `it is about pods without the label app: ${app}, which may be anybody’s`;
}

/**
 * The service of the mesh that a host names, as `name` and, where it is told,
 * `namespace`; undefined for hosts outside.
 */
function meshServiceOf(
  host: string,
  ownNamespace: string,
): { name: string; namespace: string } | undefined {
  const [name, namespace, ...rest] = host.split('.');
  if (namespace === undefined) {
    return { name, namespace: ownNamespace };
  }
  // Names of two parts are hosts of domains as well as services.
  const isService =
    rest.length === 0 ? namespace === ownNamespace : rest[0] === 'svc';
  return isService ? { name, namespace } : undefined;
}

function wrongHost({ app, namespace }: Owner, host: string) {
  if (host === '*' || /^\*\.(.*\.)?(svc|local)$/.test(host)) {
    return `it takes the traffic of ${host}`;
  }
  const service = meshServiceOf(host, namespace);
  return service &&
    !(service.namespace === namespace && isNamedAfter(app, service.name))
    ? `it takes the traffic of ${host}`
    : undefined;
}

/** Hosts whose traffic an object decides about. @public */
export function hostsOf({ kind, spec }: Manifest): string[] {
  const hosts = {
    VirtualService: list(at(spec, 'hosts')),
    ServiceEntry: list(at(spec, 'hosts')),
    HTTPRoute: list(at(spec, 'hostnames')),
    DestinationRule: [at(spec, 'host')],
  }[kind];
  return (hosts ?? []).filter(
    (host): host is string => typeof host === 'string',
  );
}

/** Names of other objects that an object changes or stands for. */
function namesOf({ kind, spec }: Manifest): unknown[] {
  const named = (NAMES[kind] ?? []).map(path => at(spec, ...path));
  const more =
    kind === 'Rollout'
      ? list(at(spec, ...ISTIO, 'virtualServices')).map(each =>
          at(each, 'name'),
        )
      : [];
  const parents =
    kind === 'HTTPRoute'
      ? list(at(spec, 'parentRefs'))
          .filter(parent => at(parent, 'kind') === 'Service')
          .map(parent => at(parent, 'name'))
      : [];
  return [...named, ...more, ...parents].filter(name => name !== undefined);
}

/** Policies of Istio may be about a waypoint or a Service instead of pods. */
function targetsOf(spec: unknown): unknown[] {
  return [at(spec, 'targetRef'), ...list(at(spec, 'targetRefs'))]
    .filter(target => target !== undefined)
    .map(target => at(target, 'name'));
}

/**
 * Whether an object is about pods, traffic or objects of others, in words;
 * undefined where it keeps to the app's own. An object can have the app's
 * name, and yet be about a whole namespace.
 *
 * @public
 */
export function reachesOthers(
  owner: Owner,
  manifest: Manifest,
): string | undefined {
  const { app } = owner;
  const { kind, spec } = manifest;
  const targets = targetsOf(spec);
  const names = [...namesOf(manifest), ...targets];
  const other = names.find(
    name => typeof name !== 'string' || !isNamedAfter(app, name),
  );
  if (other !== undefined) {
    return `it changes ${String(other)}`;
  }
  for (const host of hostsOf(manifest)) {
    const wrong = wrongHost(owner, host);
    if (wrong) {
      return wrong;
    }
  }
  const selector = at(spec, 'selector');
  // A Service without a selector has addresses of its own.
  if (kind === 'Service') {
    return selector === undefined ? undefined : wrongLabels(app, selector);
  }
  const selections =
    kind === 'Rollout' && at(spec, 'template') !== undefined
      ? SELECTIONS.Deployment
      : SELECTIONS[kind] ?? [];
  if (targets.length > 0) {
    return undefined;
  }
  return selections
    .map(path => wrongLabels(app, at(spec, ...path)))
    .find(wrong => wrong !== undefined);
}
