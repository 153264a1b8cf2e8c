import type { App, World } from '../world/types';

/** A Backstage catalog entity as it stands in a YAML file. */
export interface CatalogEntity {
  apiVersion: 'backstage.io/v1alpha1';
  kind: string;
  metadata: {
    name: string;
    title?: string;
    description?: string;
    tags?: string[];
    annotations?: Record<string, string>;
  };
  spec: Record<string, unknown>;
}

function entity(
  kind: string,
  metadata: CatalogEntity['metadata'],
  spec: Record<string, unknown>,
): CatalogEntity {
  return { apiVersion: 'backstage.io/v1alpha1', kind, metadata, spec };
}

/** Stores are resources: other components depend on them, nobody releases them. */
const isStore = (app: App) => app.kind === 'StatefulSet';

/**
 * Entity names are unique in a Backstage namespace, apps only in theirs: an
 * app whose name was taken by an earlier one gets its system put in front, and
 * then needs an annotation to be found.
 */
function entityNames(world: World): Map<App, string> {
  const taken = new Set<string>();
  const names = new Map<App, string>();
  for (const app of world.apps) {
    const kind = isStore(app) ? 'resource' : 'component';
    const name = taken.has(`${kind}:${app.name}`)
      ? `${app.namespace}-${app.name}`
      : app.name;
    taken.add(`${kind}:${name}`);
    names.set(app, name);
  }
  return names;
}

/** What some services promise. */
const PROMISES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'order.wealth': { 'orrery.dev/slo-availability': '99.5' },
  'payment.wealth': {
    'orrery.dev/slo-availability': '99.9',
    'orrery.dev/slo-latency': '300ms:95',
  },
};

function annotationsOf(
  app: App,
  name: string,
): { annotations?: Record<string, string> } {
  const annotations = {
    ...(name === app.name ? {} : { 'backstage.io/kubernetes-id': app.name }),
    ...PROMISES[`${app.name}.${app.namespace}`],
  };
  return Object.keys(annotations).length > 0 ? { annotations } : {};
}

function appEntity(
  world: World,
  app: App,
  names: ReadonlyMap<App, string>,
): CatalogEntity {
  const name = names.get(app) ?? app.name;
  const metadata = {
    name,
    title: app.title,
    ...(app.description ? { description: app.description } : {}),
    tags: [
      app.language.toLowerCase().replace('#', 'sharp').replace('++', 'pp'),
    ],
    ...annotationsOf(app, name),
  };
  if (isStore(app)) {
    return entity('Resource', metadata, {
      type: 'database',
      owner: `group:default/${app.owner}`,
      system: app.namespace,
    });
  }
  const dependsOn = app.calls.flatMap(call => {
    const [callee, namespace] = call.to.split('.');
    const found = world.apps.find(
      other => other.name === callee && other.namespace === namespace,
    );
    if (!found) return [];
    const kind = isStore(found) ? 'resource' : 'component';
    return `${kind}:default/${names.get(found) ?? found.name}`;
  });
  return entity('Component', metadata, {
    type: 'service',
    lifecycle: app.namespace.endsWith('-test') ? 'test' : 'production',
    owner: `group:default/${app.owner}`,
    system: app.namespace,
    ...(dependsOn.length > 0 ? { dependsOn } : {}),
  });
}

/**
 * The world as a Backstage catalog. By convention a system is named as its
 * Kubernetes namespace and a component as its app, so that hardly any entity
 * needs an annotation.
 */
export function catalogEntities(world: World): CatalogEntity[] {
  const names = entityNames(world);
  return [
    ...world.teams.map(team =>
      entity(
        'Group',
        { name: team.name },
        {
          type: team.parent ? 'team' : 'department',
          profile: { displayName: team.displayName },
          ...(team.parent ? { parent: team.parent } : {}),
          children: world.teams
            .filter(other => other.parent === team.name)
            .map(other => other.name),
        },
      ),
    ),
    ...world.people.map(person =>
      entity(
        'User',
        { name: person.name },
        {
          profile: { displayName: person.displayName, email: person.email },
          memberOf: [...person.teams],
        },
      ),
    ),
    ...world.domains.map(domain =>
      entity(
        'Domain',
        { name: domain.name, title: domain.title },
        { owner: `group:default/${domain.owner}` },
      ),
    ),
    ...world.namespaces.map(namespace =>
      entity(
        'System',
        { name: namespace.name, title: namespace.title },
        {
          owner: `group:default/${namespace.owner}`,
          domain: namespace.domain,
        },
      ),
    ),
    ...world.apps.map(app => appEntity(world, app, names)),
  ];
}
