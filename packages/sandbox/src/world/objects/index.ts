import type { ConfigObject, World } from '../types';
import { buildAccess } from './access';
import { buildApp } from './apps';
import { item, type BuildContext, type Item } from './item';
import { buildNamespaces, buildNodes } from './nodes';
import { buildSystem } from './system';
import { buildWaypoints } from './waypoints';

export type { BuildContext, Item } from './item';

/** A configuration object of the world as it is stored. */
export function buildConfig(
  config: ConfigObject,
  context: BuildContext,
  ageHours = 24 * 10,
): Item {
  return item(
    context,
    config.resource,
    config.apiVersion,
    config.kind,
    { name: config.name, namespace: config.namespace, ageHours },
    { spec: { ...config.spec } },
  );
}

/** Every object of the world that exists before controllers run, in an order in which it can be created. */
export function buildObjects(world: World, context: BuildContext): Item[] {
  return [
    ...buildNodes(world, context),
    ...buildNamespaces(world, context),
    ...buildAccess(context),
    ...buildSystem(world, context),
    ...buildWaypoints(world, context),
    ...world.apps.flatMap(app => buildApp(world, app, context)),
    ...world.configuration.map(config => buildConfig(config, context)),
  ];
}
