import type { ObjectStore } from '../../kubernetes/store';

const VIRTUAL_SERVICES = 'virtualservices.networking.istio.io';

/** Replaces the spec of an object, as an `apply` would. */
export function setSpec(
  store: ObjectStore,
  resource: string,
  namespace: string,
  name: string,
  spec: Record<string, unknown>,
): void {
  const object = store.get(resource, namespace, name);
  if (!object) throw new Error(`there is no ${resource} ${namespace}/${name}`);
  store.put(resource, { ...object, spec });
}

/** Gives the VirtualService of payment one HTTP rule. */
export function routePayment(
  store: ObjectStore,
  rule: Record<string, unknown>,
  first = 80,
): void {
  setSpec(store, VIRTUAL_SERVICES, 'wealth', 'payment', {
    hosts: ['payment'],
    http: [
      {
        route: [
          { destination: { host: 'payment', subset: 'v1' }, weight: first },
          {
            destination: { host: 'payment', subset: 'v2' },
            weight: 100 - first,
          },
        ],
        ...rule,
      },
    ],
  });
}
