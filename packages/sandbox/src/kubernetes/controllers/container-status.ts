import type { KubernetesObject } from '../store';
import { contentHash } from '../names';
import { asNumber, asObjects, asText, type JsonObject } from '../values';

/** What a container is doing. */
export type ContainerState =
  | { waiting: { reason: string; message?: string } }
  | { running: { startedAt: string } }
  | {
      terminated: {
        exitCode: number;
        reason: string;
        startedAt: string;
        finishedAt: string;
      };
    };

/** Status of one container, as the kubelet writes it. */
export function containerStatus(
  pod: KubernetesObject,
  container: JsonObject,
  state: ContainerState,
  options: { ready: boolean; restartCount?: number; lastState?: JsonObject },
): JsonObject {
  const image = asText(container.image) ?? '';
  const started = 'running' in state;
  const id = contentHash([pod.metadata.uid, container.name], 12);
  return {
    name: container.name,
    image,
    imageID: started ? `${image.replace(/:[^:/]*$/, '')}@sha256:${id}` : '',
    ...(started ? { containerID: `containerd://${id}` } : {}),
    ready: options.ready,
    started,
    restartCount: options.restartCount ?? 0,
    state,
    lastState: options.lastState ?? {},
  };
}

/** The status that a pod already reports for a container. */
export function previousStatus(
  pod: KubernetesObject,
  name: unknown,
): { restartCount: number; lastState: JsonObject; state: JsonObject } {
  const found = asObjects(pod.status?.containerStatuses).find(
    status => status.name === name,
  );
  const record = (value: unknown) =>
    typeof value === 'object' && value !== null ? { ...value } : {};
  return {
    restartCount: asNumber(found?.restartCount) ?? 0,
    lastState: record(found?.lastState),
    state: record(found?.state),
  };
}

/** Containers of a pod, and the init containers that stay running beside them. */
export function containersOf(pod: KubernetesObject): {
  main: JsonObject[];
  init: JsonObject[];
} {
  return {
    main: asObjects(pod.spec?.containers),
    init: asObjects(pod.spec?.initContainers),
  };
}
