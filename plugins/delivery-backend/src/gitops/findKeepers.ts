import {
  KubernetesError,
  type ClusterClient,
  type KubernetesObject,
  type ResourceType,
} from '@orrery/backstage-plugin-orrery-node';
import { isObject } from './differences';
import { GitUnknownError } from './GitUnknownError';

/** Where a tool says that it takes a workload's manifest from. */
export type GitSource = {
  /** The tool and its object, in words: `Argo CD (payments)`. */
  keeper: string;
  repositoryUrl: string;
  /** Folder in the repository; empty for all of it. */
  folder: string;
  /** Absent where it is the project's default. */
  branch?: string;
};

const type = (
  group: string,
  version: string,
  plural: string,
): ResourceType => ({
  group,
  version,
  plural,
  namespaced: true,
});

export const APPLICATIONS = type('argoproj.io', 'v1alpha1', 'applications');
export const KUSTOMIZATIONS = type(
  'kustomize.toolkit.fluxcd.io',
  'v1',
  'kustomizations',
);
export const GIT_REPOSITORIES = type(
  'source.toolkit.fluxcd.io',
  'v1',
  'gitrepositories',
);

const TRACKING = 'argocd.argoproj.io/tracking-id';
const INSTANCE = 'argocd.argoproj.io/instance';
const FLUX = 'kustomize.toolkit.fluxcd.io';
const FLUX_HELM = 'helm.toolkit.fluxcd.io/name';

type Json = Record<string, unknown>;
const asJson = (value: unknown): Json => (isObject(value) ? value : {});
const asText = (value: unknown) =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** `./deploy/` and `/deploy` are `deploy`. */
export function cleanFolder(path: string): string {
  return path
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/');
}

/** What the tool's own object can say over what the manifests say, by tool. */
const OVERRIDES = ['kustomize', 'plugin', 'patches', 'images', 'postBuild'];

/** @throws GitUnknownError where the tool changes what it takes from Git */
function refuseOverrides(keeper: string, source: Json): void {
  const found = OVERRIDES.filter(field => {
    const value = source[field];
    return Array.isArray(value)
      ? value.length > 0
      : Object.keys(asJson(value)).length > 0;
  });
  if (found.length > 0) {
    throw new GitUnknownError(
      `${keeper} writes over what its manifests say (${found.join(', ')})`,
    );
  }
}

async function listOf(
  client: ClusterClient,
  cluster: string,
  kind: ResourceType,
): Promise<KubernetesObject[]> {
  try {
    return (await client.list(cluster, kind)).items;
  } catch (error) {
    if (error instanceof KubernetesError && error.statusCode === 404) {
      return [];
    }
    throw error;
  }
}

async function byArgo(
  client: ClusterClient,
  clusters: readonly string[],
  name: string,
): Promise<GitSource[]> {
  const keeper = `Argo CD (${name})`;
  const problems: string[] = [];
  for (const cluster of clusters) {
    let applications: KubernetesObject[] = [];
    try {
      applications = await listOf(client, cluster, APPLICATIONS);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
    const application = applications.find(({ metadata }) =>
      // Outside of Argo CD's own namespace the name has that in front.
      [metadata.name, `${metadata.namespace}_${metadata.name}`].includes(name),
    );
    if (application) {
      const spec = asJson(application.spec);
      const sources = Array.isArray(spec.sources)
        ? spec.sources
        : [spec.source];
      const known = sources.map(asJson).flatMap((source): GitSource[] => {
        refuseOverrides(keeper, source);
        const repositoryUrl = asText(source.repoURL);
        const branch = asText(source.targetRevision);
        return repositoryUrl && source.chart === undefined
          ? [
              {
                keeper,
                repositoryUrl,
                folder: cleanFolder(asText(source.path) ?? ''),
                ...(branch && branch !== 'HEAD' && { branch }),
              },
            ]
          : [];
      });
      if (known.length === 0) {
        throw new GitUnknownError(
          `${keeper} makes it from a Helm chart, whose values decide`,
        );
      }
      return known;
    }
  }
  throw new GitUnknownError(
    `The Application ${name} of Argo CD cannot be found${
      problems.length > 0 ? `: ${problems.join('; ')}` : ''
    }`,
  );
}

async function byFlux(
  client: ClusterClient,
  cluster: string,
  { labels = {} }: KubernetesObject['metadata'],
): Promise<GitSource[]> {
  const name = labels[`${FLUX}/name`];
  const namespace = labels[`${FLUX}/namespace`] ?? 'flux-system';
  const keeper = `Flux (${name})`;
  const read = async (
    kind: ResourceType,
    key: { namespace: string; name: string },
  ) => {
    try {
      return asJson((await client.get(cluster, kind, key)).spec);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new GitUnknownError(
        `What ${keeper} takes it from cannot be read: ${reason}`,
      );
    }
  };
  const kustomization = await read(KUSTOMIZATIONS, { namespace, name });
  refuseOverrides(keeper, kustomization);
  const reference = asJson(kustomization.sourceRef);
  if (reference.kind !== 'GitRepository') {
    throw new GitUnknownError(
      `${keeper} takes it from a ${reference.kind}, not from a Git repository`,
    );
  }
  const repository = await read(GIT_REPOSITORIES, {
    namespace: asText(reference.namespace) ?? namespace,
    name: String(reference.name),
  });
  const revision = asJson(repository.ref);
  const branch = asText(revision.branch);
  if (!branch && Object.keys(revision).length > 0) {
    throw new GitUnknownError(
      `${keeper} is held at a ${Object.keys(revision)[0]}, not at a branch`,
    );
  }
  return [
    {
      keeper,
      repositoryUrl: String(repository.url),
      folder: cleanFolder(asText(kustomization.path) ?? ''),
      ...(branch && { branch }),
    },
  ];
}

/**
 * Where the tool that keeps an object takes its manifest from.
 *
 * @param clusters - where to look for Argo CD's Applications, first the object's own
 * @throws GitUnknownError with the reason where that cannot be told
 */
export async function findKeepers(
  client: ClusterClient,
  clusters: readonly string[],
  { metadata }: KubernetesObject,
): Promise<GitSource[]> {
  const { labels = {}, annotations = {} } = metadata;
  const application = annotations[TRACKING]?.split(':')[0] || labels[INSTANCE];
  if (application) {
    return byArgo(client, clusters, application);
  }
  if (labels[`${FLUX}/name`]) {
    return byFlux(client, clusters[0], metadata);
  }
  if (labels[FLUX_HELM]) {
    throw new GitUnknownError(
      `Flux’s Helm release ${labels[FLUX_HELM]} makes it from a chart, whose values decide`,
    );
  }
  throw new GitUnknownError(
    'Neither Argo CD nor Flux has left its mark on it, and its component names no manifests',
  );
}
