import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import { imageVersion } from '../images';
import type { ContainerObject, EnvironmentEntry } from '../workloads';
import { checkResources } from './quantity';
import type { Probe } from './inputs';

/** An object with fields that are carried along untouched. @public */
export type Editable = { metadata: object; [field: string]: unknown };

type Json = Record<string, unknown>;

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** Sidecars of meshes; nobody deploys them by hand. */
const SIDECARS = new Set(['istio-proxy', 'linkerd-proxy']);
const VERSION_LABELS = [
  'version',
  'app.kubernetes.io/version',
  'service.istio.io/canonical-revision',
];
const IMAGE =
  /^(?:[a-z0-9]+(?:[.-][a-z0-9]+)*(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_{1,2}|-+|\/)[a-z0-9]+)*(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

/**
 * Refuses what is no image reference.
 *
 * @throws InvalidValueError naming the field `image`
 * @public
 */
export function checkImage(image: string): void {
  if (!IMAGE.test(image)) {
    throw new InvalidValueError(
      'image',
      'an image such as registry.example/team/app:1.4, with an optional @sha256: digest',
      image,
    );
  }
}

/** A copy with its pod template changed, wherever its kind keeps it. */
function editTemplate<T extends Editable>(
  object: T,
  edit: (template: Json) => Json,
): T {
  const spec = asJson(object.spec);
  if (spec.jobTemplate) {
    const jobTemplate = asJson(spec.jobTemplate);
    const jobSpec = asJson(jobTemplate.spec);
    return {
      ...object,
      spec: {
        ...spec,
        jobTemplate: {
          ...jobTemplate,
          spec: { ...jobSpec, template: edit(asJson(jobSpec.template)) },
        },
      },
    };
  }
  return {
    ...object,
    spec: { ...spec, template: edit(asJson(spec.template)) },
  };
}

/** The containers of an object's template. */
function containersOf(object: Editable): ContainerObject[] {
  const spec = asJson(object.spec);
  const template = asJson(
    spec.template ?? asJson(asJson(spec.jobTemplate).spec).template,
  );
  const { containers } = asJson(template.spec);
  return Array.isArray(containers) ? containers : [];
}

/**
 * The container that is meant: the named one, or the only one that is not
 * the mesh's.
 *
 * @throws InvalidValueError naming `container` and the containers there are
 * @public
 */
export function chooseContainer(
  object: Editable,
  name: string | undefined,
): ContainerObject {
  const all = containersOf(object);
  const own = all.filter(container => !SIDECARS.has(container.name));
  const found =
    name === undefined
      ? own.length === 1 && own[0]
      : all.find(container => container.name === name);
  if (!found) {
    throw new InvalidValueError(
      'container',
      `one of ${all.map(container => container.name).join(', ')}`,
      name,
    );
  }
  return found;
}

function editContainer<T extends Editable>(
  object: T,
  name: string | undefined,
  edit: (container: ContainerObject) => object,
): T {
  const chosen = chooseContainer(object, name);
  return editTemplate(object, template => {
    const spec = asJson(template.spec);
    return {
      ...template,
      spec: {
        ...spec,
        containers: containersOf(object).map(container =>
          container.name === chosen.name ? edit(container) : container,
        ),
      },
    };
  });
}

/** A label's value may be shorter and simpler than a tag. */
function labelValue(version: string): string {
  return version
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}

/**
 * Gives a container another image, and the pods the labels that tell the
 * version by it: those that they have, or `version` where they have none.
 * Labels that the workload selects its pods by cannot change.
 *
 * @throws InvalidValueError naming `image` or `container`
 * @public
 */
export function setImage<T extends Editable>(
  object: T,
  change: { container?: string; image: string },
): T {
  checkImage(change.image);
  const selected = asJson(asJson(asJson(object.spec).selector).matchLabels);
  const version = labelValue(imageVersion(change.image));
  const edited = editContainer(object, change.container, container => ({
    ...container,
    image: change.image,
  }));
  return editTemplate(edited, template => {
    const metadata = asJson(template.metadata);
    const labels = asJson(metadata.labels);
    const present = VERSION_LABELS.filter(name => name in labels);
    const named = (present.length > 0 ? present : ['version']).filter(
      name => !(name in selected),
    );
    return version === '' || named.length === 0
      ? template
      : {
          ...template,
          metadata: {
            ...metadata,
            labels: {
              ...labels,
              ...Object.fromEntries(named.map(name => [name, version])),
            },
          },
        };
  });
}

/**
 * Sets what a container asks for and may use; what is given replaces the
 * whole of it.
 *
 * @throws InvalidValueError naming `requests...`, `limits...` or `container`
 * @public
 */
export function setResources<T extends Editable>(
  object: T,
  change: {
    container?: string;
    requests?: Readonly<Record<string, string>>;
    limits?: Readonly<Record<string, string>>;
  },
): T {
  const { requests, limits } = change;
  return editContainer(object, change.container, container => {
    const resources = {
      ...container.resources,
      ...(requests && { requests }),
      ...(limits && { limits }),
    };
    checkResources(resources);
    return { ...container, resources };
  });
}

const PROBE_FIELDS = {
  readiness: 'readinessProbe',
  liveness: 'livenessProbe',
  startup: 'startupProbe',
} as const;

type ProbeName = keyof typeof PROBE_FIELDS;

/**
 * Sets and removes probes of a container; others stay.
 *
 * @throws InvalidValueError naming `container`, or `remove` for one that is
 *   set at the same time
 * @public
 */
export function setProbes<T extends Editable>(
  object: T,
  change: Partial<Record<ProbeName, Probe>> & {
    container?: string;
    remove?: readonly ProbeName[];
  },
): T {
  const { container: name, remove = [], ...probes } = change;
  return editContainer(object, name, container => {
    const edited: Json = { ...container };
    for (const [probe, field] of Object.entries(PROBE_FIELDS)) {
      const wanted = probes[probe as ProbeName];
      const goes = remove.includes(probe as ProbeName);
      if (wanted && goes) {
        throw new InvalidValueError('remove', 'probes that are not set', probe);
      }
      if (wanted) {
        edited[field] = wanted;
      } else if (goes) {
        delete edited[field];
      }
    }
    return edited;
  });
}

/**
 * Sets and removes variables of a container; others stay, in their order.
 *
 * @throws InvalidValueError naming `container`, `set` or `remove`
 * @public
 */
export function setEnvironment<T extends Editable>(
  object: T,
  change: {
    container?: string;
    set?: readonly { name: string; value: string }[];
    remove?: readonly string[];
  },
): T {
  const { set = [], remove = [] } = change;
  return editContainer(object, change.container, container => {
    const env: readonly EnvironmentEntry[] = container.env ?? [];
    const referring = set.find(({ name }) =>
      env.some(entry => entry.name === name && entry.valueFrom),
    );
    if (referring) {
      throw new InvalidValueError(
        'set',
        'variables with values of their own: it comes from a reference, remove it first',
        referring.name,
      );
    }
    const unknown = remove.find(
      name => !env.some(entry => entry.name === name),
    );
    if (unknown !== undefined) {
      throw new InvalidValueError(
        'remove',
        `variables that are there (${env.map(({ name }) => name).join(', ')})`,
        unknown,
      );
    }
    return {
      ...container,
      env: [
        ...env
          .filter(({ name }) => !remove.includes(name))
          .map(entry => set.find(({ name }) => name === entry.name) ?? entry),
        ...set.filter(({ name }) => !env.some(entry => entry.name === name)),
      ],
    };
  });
}

/**
 * Gives a workload another pod template, as an older revision has it.
 *
 * @public
 */
export function setTemplate<T extends Editable>(
  object: T,
  template: object,
): T {
  const { $patch: _, ...rest } = template as Json;
  const metadata = asJson(rest.metadata);
  const labels = Object.fromEntries(
    Object.entries(asJson(metadata.labels)).filter(
      ([name]) =>
        name !== 'pod-template-hash' && name !== 'rollouts-pod-template-hash',
    ),
  );
  return editTemplate(object, () => ({
    ...rest,
    metadata: { ...metadata, labels },
  }));
}

/** The annotation that `kubectl rollout restart` sets, so that both tools agree. */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/**
 * Has all pods replaced by equal ones.
 *
 * @param at - RFC 3339
 * @public
 */
export function restartPods<T extends Editable>(
  kind: string,
  object: T,
  at: string,
): T {
  return kind === 'Rollout'
    ? { ...object, spec: { ...asJson(object.spec), restartAt: at } }
    : editTemplate(object, template => {
        const metadata = asJson(template.metadata);
        return {
          ...template,
          metadata: {
            ...metadata,
            annotations: {
              ...asJson(metadata.annotations),
              [RESTARTED_AT]: at,
            },
          },
        };
      });
}

/**
 * Stops or resumes that changes are rolled out, or that a CronJob runs.
 *
 * @public
 */
export function setPaused<T extends Editable>(
  kind: string,
  object: T,
  isPaused: boolean,
): T {
  const field = kind === 'CronJob' ? 'suspend' : 'paused';
  return { ...object, spec: { ...asJson(object.spec), [field]: isPaused } };
}
