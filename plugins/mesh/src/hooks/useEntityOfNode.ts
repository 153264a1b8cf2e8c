import type { Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { GraphNode } from '@orrery/backstage-plugin-mesh-common';
import { bindEntity } from '@orrery/backstage-plugin-orrery-common';
import { useAsyncValue } from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';

/**
 * The catalog entity that a node belongs to: one named after its app, or
 * annotated with it, whose binding leads back to the same namespace.
 */
export function useEntityOfNode(
  node: Pick<GraphNode, 'app' | 'name' | 'namespace'>,
): Entity | undefined {
  const catalogApi = useApi(catalogApiRef);
  const app = node.app ?? node.name;
  const { namespace } = node;
  const ask = useCallback(async () => {
    if (namespace === undefined) {
      return undefined;
    }
    const kind = ['component', 'resource'];
    const { items } = await catalogApi.getEntities({
      filter: [
        { kind, 'metadata.name': app },
        { kind, 'metadata.annotations.backstage.io/kubernetes-id': app },
      ],
      fields: ['apiVersion', 'kind', 'metadata', 'spec.system'],
    });
    return items.find(entity => {
      const binding = bindEntity(entity);
      return binding?.namespace === namespace && binding.app === app;
    });
  }, [catalogApi, app, namespace]);
  return useAsyncValue(ask).value;
}
