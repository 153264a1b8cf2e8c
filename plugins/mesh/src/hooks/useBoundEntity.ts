import type { Entity } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type {
  GraphNode,
  MeshGraph,
} from '@orrery/backstage-plugin-mesh-common';
import {
  bindEntity,
  type Binding,
} from '@orrery/backstage-plugin-orrery-common';
import { useMemo } from 'react';

/** The entity of the page and where it runs. */
export function useBoundEntity(): {
  entity: Entity;
  binding: Binding | undefined;
} {
  const { entity } = useEntity();
  return { entity, binding: useMemo(() => bindEntity(entity), [entity]) };
}

/** The nodes of a graph that a binding leads to. */
export function boundNodes(graph: MeshGraph, binding: Binding): GraphNode[] {
  return graph.nodes.filter(
    node =>
      (binding.cluster === undefined || node.cluster === binding.cluster) &&
      node.namespace === binding.namespace &&
      (node.app ?? node.name) === binding.app &&
      node.kind !== 'external',
  );
}
