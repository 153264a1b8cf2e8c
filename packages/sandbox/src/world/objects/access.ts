import { item, type BuildContext, type Item } from './item';

/** Bearer tokens that the sandbox accepts, and who they stand for. */
export const accessTokens = [
  { token: 'admin-token', name: 'admin', groups: ['system:masters'] },
  { token: 'editor-token', name: 'editor', groups: ['editors'] },
  { token: 'viewer-token', name: 'viewer', groups: ['viewers'] },
] as const;

const readVerbs = ['get', 'list', 'watch'];
const writeVerbs = [
  ...readVerbs,
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
];

const namespacedGroups = [
  '',
  'apps',
  'batch',
  'autoscaling',
  'policy',
  'discovery.k8s.io',
  'networking.k8s.io',
  'networking.istio.io',
  'security.istio.io',
  'telemetry.istio.io',
  'gateway.networking.k8s.io',
  'argoproj.io',
  'flagger.app',
  'monitoring.coreos.com',
  'events.k8s.io',
  'metrics.k8s.io',
];

/** Roles `sandbox-view` and `sandbox-edit` and the groups that have them. Viewers may not read secrets. */
export function buildAccess(context: BuildContext): Item[] {
  const apiGroup = 'rbac.authorization.k8s.io';
  const apiVersion = `${apiGroup}/v1`;
  const role = (name: string, rules: unknown[]) =>
    item(
      context,
      `clusterroles.${apiGroup}`,
      apiVersion,
      'ClusterRole',
      { name, ageHours: 24 * 200 },
      { rules },
    );
  const binding = (group: string, name: string) =>
    item(
      context,
      `clusterrolebindings.${apiGroup}`,
      apiVersion,
      'ClusterRoleBinding',
      { name: group, ageHours: 24 * 200 },
      {
        roleRef: { apiGroup, kind: 'ClusterRole', name },
        subjects: [{ apiGroup, kind: 'Group', name: group }],
      },
    );
  const readable = [
    {
      apiGroups: [''],
      resources: [
        'namespaces',
        'nodes',
        'pods',
        'pods/log',
        'pods/status',
        'services',
        'endpoints',
        'configmaps',
        'serviceaccounts',
        'events',
        'resourcequotas',
        'limitranges',
        'persistentvolumeclaims',
        'persistentvolumes',
      ],
      verbs: readVerbs,
    },
    {
      apiGroups: namespacedGroups.filter(group => group !== ''),
      resources: ['*'],
      verbs: readVerbs,
    },
  ];
  return [
    role('sandbox-view', readable),
    role('sandbox-edit', [
      ...readable,
      { apiGroups: namespacedGroups, resources: ['*'], verbs: writeVerbs },
    ]),
    binding('viewers', 'sandbox-view'),
    binding('editors', 'sandbox-edit'),
  ];
}
