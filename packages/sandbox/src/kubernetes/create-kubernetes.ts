import type { Clock } from '../clock';
import type { Facade } from '../facade';
import type { Random } from '../random';
import { TokenAuthenticator } from './auth/authenticate';
import { bootstrap } from './auth/bootstrap';
import { RoleAuthorizer } from './auth/rbac';
import type { ClusterHooks } from './controllers/context';
import { ControllerManager } from './controllers/manager';
import { prepareObject } from './defaults/prepare';
import { createFacade } from './http/facade';
import type { PodLogSource } from './log-source';
import type { PodHttp } from './pod-http';
import { argoCdKinds, argoRolloutsKinds } from './resources/argo-rollouts';
import { builtinKinds } from './resources/builtin';
import { installDefinitions, serveDefinitions } from './resources/definitions';
import { withoutGeneration } from './resources/generation';
import { newEventKind } from './resources/events';
import { metricsKinds, type MetricsSource } from './resources/metrics';
import { flaggerKinds } from './resources/flagger';
import { prometheusOperatorKinds } from './resources/prometheus-operator';
import { gatewayApiKinds, istioKinds } from './resources/istio';
import { ResourceRegistry } from './resources/registry';
import { MemoryStore } from './storage/memory-store';
import type { ObjectStore } from './store';
import type { TokenUser } from './auth/user';

/** The release whose behaviour the contract is checked against. */
const defaultVersion = 'v1.36.3';

/** What a sandboxed cluster is made of. */
export interface KubernetesOptions extends ClusterHooks {
  clock: Clock;
  random: Random;
  /** Where pod logs come from; without it the log endpoint answers 404. */
  logs?: PodLogSource;
  /** What programs in pods answer over HTTP; without it nothing listens. */
  podHttp?: PodHttp;
  /** Bearer tokens and whom they stand for. */
  users?: readonly TokenUser[];
  /** Release that `/version` names, such as `v1.33.5`; kubectl compares it with its own. */
  version?: string;
  /** Values of the resource metrics API; without it that API is not served. */
  metrics?: MetricsSource;
  /** Changes kept per resource for watches to resume from. */
  historyLimit?: number;
  /** Time between bookmarks of a watch that asked for them, one minute by default. */
  bookmarkIntervalMilliseconds?: number;
}

/** What moves the cluster's state towards what its objects ask for. */
export interface Controllers {
  /** Does what is due; call it about twice a second. */
  tick(): void;
  /** Reaches the end state at once: no delays, no events. For a world's start. */
  settle(): void;
  /** Has a pod looked at again, after `podHealth` has changed its answer for it. */
  reviewPod(namespace: string, name: string): void;
}

/** A cluster: its state, its API and its controllers. */
export interface Kubernetes {
  store: ObjectStore;
  facade: Facade;
  controllers: Controllers;
}

/** Builds a cluster with no more in it than every cluster starts with. */
export function createKubernetes(options: KubernetesOptions): Kubernetes {
  const { clock, random, logs } = options;
  const registry = new ResourceRegistry([...builtinKinds, newEventKind]);
  const store = new MemoryStore({
    clock,
    random,
    historyLimit: options.historyLimit,
    withoutGeneration,
    prepare: prepareObject(random, clock),
  });
  const controllers = new ControllerManager({
    store,
    clock,
    random,
    registry,
    hooks: options,
  });
  serveDefinitions(store, registry);
  bootstrap(store);
  installDefinitions(store, [
    ...istioKinds,
    ...gatewayApiKinds,
    ...argoRolloutsKinds,
    ...argoCdKinds,
    ...flaggerKinds,
    ...prometheusOperatorKinds,
  ]);
  if (options.metrics) {
    metricsKinds(store, clock, options.metrics).forEach(kind =>
      registry.add(kind),
    );
  }
  const streams = new Set<() => void>();
  const facade = createFacade(
    {
      clock,
      version: options.version ?? defaultVersion,
      store,
      registry,
      authenticator: new TokenAuthenticator(options.users ?? []),
      authorizer: new RoleAuthorizer(store),
      ...(logs ? { logs } : {}),
      ...(options.podHttp ? { podHttp: options.podHttp } : {}),
      bookmarkIntervalMilliseconds:
        options.bookmarkIntervalMilliseconds ?? 60_000,
      onStream(end) {
        streams.add(end);
        return () => streams.delete(end);
      },
    },
    () => streams.forEach(end => end()),
  );
  return { store, facade, controllers };
}
