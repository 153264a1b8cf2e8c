import { imageVersion } from '../images';
import type { PlanContext } from './context';
import type { CanaryPlan } from './schema';

/** Marks what a plan made, with the name of the Deployment it is a canary of. @public */
export const CANARY_OF_LABEL = 'orrery.dev/canary-of';

/** A Deployment, as far as a plan reads it. @public */
export type DeploymentObject = {
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
};

type Json = Record<string, unknown>;

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};

const asList = (value: unknown): Json[] =>
  Array.isArray(value) ? value.map(asObject) : [];

const asLabels = (value: unknown) => asObject(value) as Record<string, string>;

/** Pod template, its labels and its containers. @public */
export function templateParts(deployment: { [field: string]: unknown }): {
  template: Json;
  labels: Record<string, string>;
  containers: Json[];
  selector: Record<string, string>;
} {
  const spec = asObject(deployment.spec);
  const template = asObject(spec.template);
  return {
    template,
    labels: asLabels(asObject(template.metadata).labels),
    containers: asList(asObject(template.spec).containers),
    selector: asLabels(asObject(spec.selector).matchLabels),
  };
}

/** A text as the value of a label: at most 63 of letters, digits, `-_.`. @public */
export function labelValue(text: string): string {
  return text
    .replace(/[^A-Za-z0-9._-]/g, '-')
    .slice(0, 63)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}

/**
 * Labels that tell people which version runs and that follow the image. The
 * selector's are not among them: they cannot change.
 *
 * @public
 */
export function versionLabels(
  labels: Record<string, string>,
  selector: Record<string, string>,
  image: string,
): Record<string, string> {
  const name = 'app.kubernetes.io/version';
  return name in labels && !(name in selector)
    ? { [name]: labelValue(imageVersion(image)) }
    : {};
}

/**
 * The Deployment of the canary: the stable one's template with the new image,
 * told apart by its labels, which the Service's selector still matches.
 *
 * @public
 */
export function canaryDeployment(
  stable: DeploymentObject,
  plan: CanaryPlan,
  context: PlanContext,
): DeploymentObject & { apiVersion: string; kind: string } {
  const { template, labels, containers, selector } = templateParts(stable);
  const version = labelValue(imageVersion(plan.image));
  const own = {
    ...labels,
    ...('app.kubernetes.io/version' in labels && {
      'app.kubernetes.io/version': version,
    }),
    ...context.canaryLabels,
    ...('service.istio.io/canonical-revision' in labels && {
      'service.istio.io/canonical-revision': context.canaryLabels.version,
    }),
    [CANARY_OF_LABEL]: stable.metadata.name,
  };
  const { strategy, progressDeadlineSeconds } = asObject(stable.spec);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: context.canaryWorkload,
      namespace: stable.metadata.namespace,
      labels: {
        ...stable.metadata.labels,
        ...context.canaryLabels,
        [CANARY_OF_LABEL]: stable.metadata.name,
        'app.kubernetes.io/managed-by': 'orrery',
      },
    },
    spec: {
      replicas: plan.replicas,
      ...(strategy !== undefined && { strategy }),
      ...(progressDeadlineSeconds !== undefined && {
        progressDeadlineSeconds,
      }),
      selector: {
        matchLabels: {
          ...selector,
          ...context.canaryLabels,
          [CANARY_OF_LABEL]: stable.metadata.name,
        },
      },
      template: {
        ...template,
        metadata: { ...asObject(template.metadata), labels: own },
        spec: {
          ...asObject(template.spec),
          containers: containers.map(container =>
            container.name === context.container
              ? { ...container, image: plan.image }
              : container,
          ),
        },
      },
    },
  };
}
