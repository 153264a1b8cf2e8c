import { parseImage } from '../images';
import type {
  ContainerObject,
  EnvironmentEntry,
  PodTemplateObject,
  WorkloadObject,
} from './objects';
import type { EnvironmentValue, WorkloadContainer } from './schema';

/** What stands for a value that is not shown. @public */
export const MASK = '••••••';

const SECRET_NAME =
  /pass(word|wd|phrase)?$|^pass|secret|token|credential|private|api_?key|access_?key|_key$|_auth$|_dsn$/i;
const SOURCES = {
  secretKeyRef: 'secret',
  configMapKeyRef: 'configMap',
  fieldRef: 'field',
  resourceFieldRef: 'resource',
} as const;

/** Whether a variable's name says that its value is secret. @public */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

function readValue({
  name,
  value,
  valueFrom,
}: EnvironmentEntry): EnvironmentValue {
  for (const [field, from] of Object.entries(SOURCES)) {
    const reference = valueFrom?.[field];
    if (reference) {
      return {
        name,
        from,
        reference:
          reference.fieldPath ??
          [reference.name, reference.key].filter(Boolean).join('/'),
        isMasked: from === 'secret',
      };
    }
  }
  const isMasked = isSecretName(name) && value !== undefined && value !== '';
  return isMasked
    ? { name, isMasked }
    : { name, value: value ?? '', isMasked: false };
}

function readContainer(
  container: ContainerObject,
  isInit: boolean,
): WorkloadContainer {
  const { name, image = '', env = [], envFrom = [], resources } = container;
  const parts = parseImage(image);
  const ports = (container.ports ?? []).flatMap(
    ({ containerPort }) => containerPort ?? [],
  );
  const [first, ...rest] = parts.repository.split('/');
  // As Docker tells a registry's host from the first part of a path.
  const hasRegistry =
    rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return {
    name,
    isInit,
    image,
    ...(hasRegistry && { registry: first }),
    repository: hasRegistry ? rest.join('/') : parts.repository,
    ...(parts.tag && { tag: parts.tag }),
    ...(parts.digest && { digest: parts.digest }),
    ...(ports.length > 0 && { ports }),
    requests: { ...resources?.requests },
    limits: { ...resources?.limits },
    probes: {
      ...(container.readinessProbe !== undefined && {
        readiness: container.readinessProbe,
      }),
      ...(container.livenessProbe !== undefined && {
        liveness: container.livenessProbe,
      }),
      ...(container.startupProbe !== undefined && {
        startup: container.startupProbe,
      }),
    },
    environment: [
      ...envFrom.map(
        ({ prefix = '', secretRef, configMapRef }): EnvironmentValue => ({
          name: `${prefix}*`,
          from: secretRef ? 'secret' : 'configMap',
          reference: (secretRef ?? configMapRef)?.name ?? '',
          isMasked: secretRef !== undefined,
        }),
      ),
      ...env.map(readValue),
    ],
  };
}

/** The template of the pods that a workload makes. @public */
export function workloadTemplateOf({
  spec,
}: WorkloadObject): PodTemplateObject | undefined {
  return spec?.template ?? spec?.jobTemplate?.spec?.template;
}

/** The containers of a template, those of the application first. @public */
export function readContainers(
  template: PodTemplateObject | undefined,
): WorkloadContainer[] {
  return [
    ...(template?.spec?.containers ?? []).map(container =>
      readContainer(container, false),
    ),
    ...(template?.spec?.initContainers ?? []).map(container =>
      readContainer(container, true),
    ),
  ];
}

/**
 * A copy of any object in which values of environment variables with secret
 * names are masked, for texts that people compare and logs keep.
 *
 * @public
 */
export function maskSecrets(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(maskSecrets);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const name: unknown = Reflect.get(value, 'name');
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [
      field,
      field === 'value' &&
      typeof inner === 'string' &&
      inner !== '' &&
      typeof name === 'string' &&
      isSecretName(name)
        ? MASK
        : maskSecrets(inner),
    ]),
  );
}
