import { stringify } from 'yaml';
import { GitObjects } from '../gitlab/git/GitObjects';
import type { KubernetesObject } from '../kubernetes/store';
import { buildApp } from '../world/objects/apps';
import type { App, World } from '../world/types';

const HOUR = 3_600_000;

/** A repository of manifests, and who brings them to the cluster. */
export interface ManifestProject {
  /** `<namespace>/<project>` in GitLab. */
  path: string;
  owner: string;
  description: string;
  /** Name of the Application of Argo CD. */
  application: string;
  /** Commits by full name of their reference, and the objects behind them. */
  repository(now: number): {
    objects: GitObjects;
    references: ReadonlyMap<string, string>;
  };
}

/** A workload as its manifest says it: without what the server adds. */
function manifestOf({ metadata, ...object }: KubernetesObject): object {
  const { name, namespace, labels } = metadata;
  const { apiVersion, kind, spec } = object;
  return { apiVersion, kind, metadata: { name, namespace, labels }, spec };
}

function fileOf(world: World, app: App, now: number): string {
  const workloads = buildApp(world, app, { now })
    .filter(({ resource }) => resource === 'deployments.apps')
    .map(({ object }) => stringify(manifestOf(object)));
  return `# ${
    app.title
  }, as the cluster is to run it. Argo CD takes what is here on main.
${workloads.join('---\n')}`.replace(
    /^( +image: .*)$/gm,
    '$1 # another one by merge request',
  );
}

/** The world's repositories of manifests: one for each app that Git keeps. */
export function manifestProjects(world: World): ManifestProject[] {
  return world.apps
    .filter(({ keptInGit }) => keptInGit)
    .map(app => ({
      path: `${app.namespace}/${app.name}-manifests`,
      owner: app.owner,
      description: `How ${app.title} is run`,
      application: app.name,
      repository(now) {
        const objects = new GitObjects();
        const { people } = world;
        const { displayName: name, email } =
          people.find(({ teams }) => teams.includes(app.owner)) ?? people[0];
        const age = Math.max(...app.releases.map(each => each.ageHours));
        const head = objects.commit(
          {
            'README.md': `# ${app.title}\n\nWhat is merged here runs within seconds.\n`,
            [`deploy/${app.name}.yaml`]: fileOf(world, app, now),
          },
          [],
          { name, email, time: now - age * HOUR },
          `feat: ${app.name} ${app.releases[0].tag}`,
        );
        return { objects, references: new Map([['refs/heads/main', head]]) };
      },
    }));
}
