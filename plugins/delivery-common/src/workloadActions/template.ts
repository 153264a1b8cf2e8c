import { InvalidValueError } from '@orrery/backstage-plugin-orrery-common';
import type { ContainerObject } from '../workloads';

/** An object with fields that are carried along untouched. @public */
export type Editable = { metadata: object; [field: string]: unknown };

/** A JSON object whose fields are not known. */
export type Json = Record<string, unknown>;

/** The value when it is a JSON object, otherwise an empty one. */
export function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** Sidecars of meshes; nobody deploys them by hand. */
const SIDECARS = new Set(['istio-proxy', 'linkerd-proxy']);

/** A copy with its pod template changed, wherever its kind keeps it. */
export function editTemplate<T extends Editable>(
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

/** A copy with one container of its template changed. */
export function editContainer<T extends Editable>(
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
