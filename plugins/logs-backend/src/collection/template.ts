import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import { stringify } from 'yaml';
import { z } from 'zod';

const templateSchema = z.looseObject({
  metadata: z
    .looseObject({
      annotations: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  spec: z
    .looseObject({
      containers: z.array(z.looseObject({ name: z.string() })).optional(),
      volumes: z.array(z.looseObject({ name: z.string() })).optional(),
    })
    .optional(),
});

/** The part of a pod template that the collection of logs is about. */
export type PodTemplate = z.infer<typeof templateSchema>;

/** The pod template of a workload; empty where it has none. */
export function templateOf(object: KubernetesObject): PodTemplate {
  const spec: unknown = object.spec;
  const template: unknown =
    typeof spec === 'object' && spec !== null
      ? Reflect.get(spec, 'template')
      : undefined;
  const result = templateSchema.safeParse(template);
  return result.success ? result.data : {};
}

/** What a person compares: hints, containers by name, volumes; no secrets. */
export function templateText(object: KubernetesObject): string {
  const { metadata, spec } = templateOf(object);
  return stringify({
    annotations: metadata?.annotations ?? {},
    containers: (spec?.containers ?? []).map(
      ({ name, image, args, volumeMounts }) => ({
        name,
        image,
        ...(args !== undefined && { args }),
        ...(volumeMounts !== undefined && { volumeMounts }),
      }),
    ),
    volumes: spec?.volumes ?? [],
  });
}

const SIDECARS = new Set(['istio-proxy', 'linkerd-proxy', 'filebeat']);

/**
 * The container whose logs are meant: the named one, or the only one that is
 * no sidecar.
 *
 * @throws InvalidValueError naming `container` and the containers there are
 */
export function chooseContainer(
  { spec }: PodTemplate,
  name: string | undefined,
): string {
  const all = (spec?.containers ?? []).map(container => container.name);
  const own = all.filter(candidate => !SIDECARS.has(candidate));
  const found =
    name === undefined
      ? own.length === 1 && own[0]
      : all.find(candidate => candidate === name);
  if (!found) {
    throw new InvalidValueError(
      'container',
      `one of ${all.join(', ') || 'the containers (there is none)'}`,
      name,
    );
  }
  return found;
}

/** Who keeps an object as Git has it, or undefined. */
export function gitOwnerOf({
  metadata: { annotations = {}, labels = {} },
}: KubernetesObject): string | undefined {
  if (annotations['argocd.argoproj.io/tracking-id'] !== undefined) {
    return 'Argo CD';
  }
  return labels['kustomize.toolkit.fluxcd.io/name'] !== undefined ||
    labels['helm.toolkit.fluxcd.io/name'] !== undefined
    ? 'Flux'
    : undefined;
}
