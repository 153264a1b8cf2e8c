import { parseAllDocuments } from 'yaml';
import type { Clock } from '../clock';
import type { Forge } from '../gitlab';
import type { KubernetesObject, ObjectStore } from '../kubernetes/store';
import { asObject, asText, isObject } from '../kubernetes/values';
import { kubernetesTime } from '../world/names';
import type { ManifestProject } from './manifests';

/** Where Applications are. */
export const APPLICATIONS = 'applications.argoproj.io';
/** The namespace that Argo CD runs in. */
const ARGO_NAMESPACE = 'platform';
const MANAGER = 'argocd-controller';
const FOLDER = 'deploy';

/** Resources that manifests may have, as URLs and the store name them. */
const KINDS: Readonly<Record<string, { path: string; resource: string }>> = {
  Deployment: { path: 'apis/apps/v1', resource: 'deployments.apps' },
};

const keyOf = ({ kind, metadata }: KubernetesObject) =>
  `${kind}/${metadata.namespace}/${metadata.name}`;

/** What one Application was brought to. */
interface Synced {
  commit: string;
  /** Generations of the objects after they were applied, by name. */
  generations: Map<string, number | undefined>;
}

/**
 * What Argo CD does with automated sync and self-heal: whatever main says is
 * applied, by server-side apply over the cluster's own API, and what somebody
 * else changes of it is taken back.
 */
export class GitOpsController {
  readonly #synced = new Map<string, Synced>();

  constructor(
    private readonly options: {
      projects: readonly ManifestProject[];
      forge: Forge;
      store: ObjectStore;
      clock: Clock;
      /** Address of the sandbox, when it listens. */
      origin: () => string;
      /** Address of GitLab, as people and Argo CD call it. */
      gitlab: () => string;
      /** Bearer token of the cluster. */
      token: string;
    },
  ) {}

  /** Looks at all repositories once; a failure is told in the Application's status. */
  async run(): Promise<void> {
    for (const project of this.options.projects) {
      try {
        await this.#sync(project);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        this.#report(project, 'OutOfSync', undefined, message);
      }
    }
  }

  async #sync(project: ManifestProject): Promise<void> {
    const { forge } = this.options;
    const found = forge.project(project.path);
    if (!found) throw new Error(`there is no repository ${project.path}`);
    const repository = await forge.repository(found);
    const commit = await repository.resolve(
      `refs/heads/${found.defaultBranch}`,
    );
    if (!commit)
      throw new Error(`${project.path} has no ${found.defaultBranch}`);
    const before = this.#synced.get(project.path);
    if (before?.commit === commit && !this.#hasDrifted(before)) return;
    const manifests: KubernetesObject[] = [];
    for (const entry of (await repository.tree(commit, FOLDER, true)) ?? []) {
      if (entry.type !== 'blob' || !/\.ya?ml$/.test(entry.path)) continue;
      const file = await repository.file(commit, entry.path);
      manifests.push(
        ...manifestsIn(file?.content.toString() ?? '', entry.path),
      );
    }
    const generations = new Map<string, number | undefined>();
    for (const manifest of manifests) {
      await this.#apply(project, manifest);
      const key = keyOf(manifest);
      generations.set(key, this.#find(key)?.metadata.generation);
    }
    this.#synced.set(project.path, { commit, generations });
    this.#report(project, 'Synced', commit);
  }

  #hasDrifted({ generations }: Synced): boolean {
    return [...generations].some(
      ([key, generation]) =>
        this.#find(key)?.metadata.generation !== generation,
    );
  }

  #find(key: string): KubernetesObject | undefined {
    const [kind, namespace, name] = key.split('/');
    const known = KINDS[kind];
    return known && this.options.store.get(known.resource, namespace, name);
  }

  async #apply(
    { application }: ManifestProject,
    manifest: KubernetesObject,
  ): Promise<void> {
    const { kind, metadata } = manifest;
    const { namespace = '', name } = metadata;
    const known = KINDS[kind];
    if (!known) throw new Error(`${kind} ${name}: not among what is applied`);
    const plural = known.resource.split('.')[0];
    const path = `kubernetes/${known.path}/namespaces/${namespace}/${plural}/${name}`;
    const answer = await fetch(
      `${this.options.origin()}/${path}?fieldManager=${MANAGER}&force=true`,
      {
        method: 'PATCH',
        headers: {
          Authorization: `Bearer ${this.options.token}`,
          'Content-Type': 'application/apply-patch+yaml',
        },
        body: JSON.stringify({
          ...manifest,
          metadata: {
            ...metadata,
            annotations: {
              ...metadata.annotations,
              ...trackingOf(application, kind, namespace, name),
            },
          },
        }),
      },
    );
    if (!answer.ok) {
      const { message } = asObject(await answer.json());
      throw new Error(`${kind} ${name}: ${asText(message) ?? answer.status}`);
    }
  }

  /** The Application, as one sees it in the cluster. */
  #report(
    { application, path }: ManifestProject,
    status: 'Synced' | 'OutOfSync',
    revision: string | undefined,
    message?: string,
  ): void {
    const { store, clock } = this.options;
    const before = store.get(APPLICATIONS, ARGO_NAMESPACE, application);
    const source = {
      repoURL: `${this.options.gitlab()}/${path}.git`,
      path: FOLDER,
      targetRevision: 'HEAD',
    };
    const known = asObject(before?.status);
    const sync = asObject(known.sync);
    const { conditions } = known;
    const said = message && [{ type: 'SyncError', message }];
    if (
      sync.status === status &&
      (revision === undefined || sync.revision === revision) &&
      JSON.stringify(conditions) === JSON.stringify(said || undefined)
    ) {
      return;
    }
    store.put(APPLICATIONS, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: before?.metadata ?? {
        name: application,
        namespace: ARGO_NAMESPACE,
      },
      spec: {
        project: 'default',
        destination: { server: 'https://kubernetes.default.svc' },
        source,
        syncPolicy: { automated: { selfHeal: true } },
      },
      status: {
        sync: { status, revision: revision ?? sync.revision },
        reconciledAt: kubernetesTime(clock.now()),
        ...(said ? { conditions: said } : {}),
      },
    });
  }
}

/** The mark that Argo CD leaves on what it applies. */
export function trackingOf(
  application: string,
  kind: string,
  namespace: string,
  name: string,
): Record<string, string> {
  return {
    'argocd.argoproj.io/tracking-id': `${application}:apps/${kind}:${namespace}/${name}`,
  };
}

/** @throws Error that names the file of what is no manifest */
function manifestsIn(text: string, path: string): KubernetesObject[] {
  return [...parseAllDocuments(text)].flatMap(document => {
    const [error] = document.errors;
    if (error) throw new Error(`${path}: ${error.message}`);
    const value: unknown = document.toJS();
    if (value === null) return [];
    const { kind, metadata, apiVersion } = asObject(value);
    const { name, namespace } = asObject(metadata);
    if (
      !isObject(value) ||
      typeof kind !== 'string' ||
      typeof apiVersion !== 'string' ||
      typeof name !== 'string' ||
      typeof namespace !== 'string'
    ) {
      throw new Error(`${path}: there is no object with a name and namespace`);
    }
    return [
      {
        ...value,
        kind,
        apiVersion,
        metadata: { ...asObject(metadata), name, namespace },
      },
    ];
  });
}
