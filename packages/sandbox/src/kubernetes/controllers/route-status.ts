import { timestamp } from '../storage/timestamp';
import type { KubernetesObject, ObjectChange } from '../store';
import { asObject, asObjects, asText, type JsonObject } from '../values';
import type { Controller, ControllerContext, Enqueue } from './context';
import { keyOf, splitKey } from './context';
import { withCondition } from './pod-state';

const routes = 'httproutes.gateway.networking.k8s.io';
const gateways = 'gateways.gateway.networking.k8s.io';
const controllerName = 'istio.io/gateway-controller';

interface Finding {
  type: string;
  /** What is wrong; absent when nothing is. */
  problem?: { reason: string; message: string };
  message: string;
}

/**
 * Says of HTTPRoutes, as istiod does, whether their parents take them and
 * their backends are there: one entry of `status.parents` for each parent
 * (https://gateway-api.sigs.k8s.io/reference/spec/#routeparentstatus).
 */
export class RouteStatusController implements Controller {
  readonly name = 'route-status-controller';
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe(change: ObjectChange, enqueue: Enqueue): void {
    const { type, resource, object } = change;
    if (resource === routes) {
      enqueue(keyOf(object));
      return;
    }
    if (
      type !== 'MODIFIED' &&
      (resource === 'services' || resource === gateways)
    ) {
      // Routes may name what is in other namespaces.
      for (const route of this.#context.store.list(routes)) {
        enqueue(keyOf(route));
      }
    }
  }

  sync(key: string): void {
    const { store } = this.#context;
    const [namespace, name] = splitKey(key);
    const route = store.get(routes, namespace, name);
    if (!route) {
      return;
    }
    const others = asObjects(route.status?.parents).filter(
      parent => parent.controllerName !== controllerName,
    );
    const own = asObjects(route.spec?.parentRefs).map(parentRef =>
      this.#parentStatus(route, parentRef),
    );
    store.putStatus(routes, namespace, name, {
      ...route.status,
      parents: [...others, ...own],
    });
  }

  #parentStatus(route: KubernetesObject, parentRef: JsonObject): JsonObject {
    const { clock, settling } = this.#context;
    const { creationTimestamp, generation = 1 } = route.metadata;
    const now = timestamp(clock.now());
    const instant = settling ? creationTimestamp ?? now : now;
    const before = asObjects(route.status?.parents).find(
      parent =>
        parent.controllerName === controllerName &&
        JSON.stringify(parent.parentRef) === JSON.stringify(parentRef),
    );
    const findings = [this.#accepted(route, parentRef), this.#resolved(route)];
    return {
      parentRef,
      controllerName,
      conditions: findings.reduce<unknown>(
        (conditions, { type, message, problem }) =>
          withCondition(
            conditions,
            {
              type,
              status: problem ? 'False' : 'True',
              reason: problem?.reason ?? type,
              message: problem?.message ?? message,
              observedGeneration: generation,
            },
            instant,
          ),
        before?.conditions,
      ),
    };
  }

  #accepted(route: KubernetesObject, parentRef: JsonObject): Finding {
    const kind = asText(parentRef.kind) ?? 'Gateway';
    const resource = kind === 'Service' ? 'services' : gateways;
    const message = 'Route was valid';
    return this.#has(resource, route, parentRef)
      ? { type: 'Accepted', message }
      : {
          type: 'Accepted',
          message,
          problem: {
            reason: 'NoMatchingParent',
            message: `${kind} ${asText(parentRef.name)} is not there`,
          },
        };
  }

  #resolved(route: KubernetesObject): Finding {
    const message = 'All references resolved';
    const references = asObjects(route.spec?.rules).flatMap(rule => [
      ...asObjects(rule.backendRefs),
      ...asObjects(rule.filters)
        .filter(filter => filter.type === 'RequestMirror')
        .map(filter => asObject(asObject(filter.requestMirror).backendRef)),
    ]);
    const missing = references.find(
      reference =>
        (asText(reference.kind) ?? 'Service') === 'Service' &&
        !this.#has('services', route, reference),
    );
    return missing
      ? {
          type: 'ResolvedRefs',
          message,
          problem: {
            reason: 'BackendNotFound',
            message: `backend(${asText(missing.name)}) not found`,
          },
        }
      : { type: 'ResolvedRefs', message };
  }

  #has(
    resource: string,
    { metadata }: KubernetesObject,
    reference: JsonObject,
  ): boolean {
    const namespace = asText(reference.namespace) ?? metadata.namespace;
    const name = asText(reference.name) ?? '';
    return this.#context.store.get(resource, namespace, name) !== undefined;
  }
}
