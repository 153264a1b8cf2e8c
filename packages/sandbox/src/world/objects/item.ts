import type { KubernetesObject } from '../../kubernetes/store';
import { kubernetesTime } from '../names';

/** An object together with the resource it is stored under. */
export interface Item {
  resource: string;
  object: KubernetesObject;
}

/** What every builder of objects needs to know about time. */
export interface BuildContext {
  /** Milliseconds since the Unix epoch. */
  now: number;
}

const HOUR = 3_600_000;

/** Builds one object of an age. */
export function item(
  context: BuildContext,
  resource: string,
  apiVersion: string,
  kind: string,
  metadata: {
    name: string;
    namespace?: string;
    ageHours: number;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  },
  content: Record<string, unknown>,
): Item {
  const { ageHours, ...rest } = metadata;
  return {
    resource,
    object: {
      apiVersion,
      kind,
      metadata: {
        ...rest,
        creationTimestamp: kubernetesTime(context.now - ageHours * HOUR),
      },
      ...content,
    },
  };
}
