import type { Effects } from '../simulator';
import { StoreFull, type ImageStore } from '../registry';
import { createRandom } from '../random';
import type { Build } from './model';
import type { ShellMachine } from './shell/runShell';
import type { Source } from './prepare';

/** What builds reach besides their source. */
export interface MachineOptions {
  images: ImageStore;
  effects: Effects;
  seed: number;
  /** Address of Jenkins, with a slash at its end. */
  url: string;
  /** Whether images are really pushed; builds of the past have done so long ago. */
  isPast: boolean;
}

/** Path of a job below its server: `job/a/job/b`. */
export const jobPath = (name: string) =>
  name
    .split('/')
    .map(part => `job/${encodeURIComponent(part)}`)
    .join('/');

/** Splits an image into what the registry calls it and its tag. */
function parts(name: string): { repository: string; tag: string } {
  const [, repository, tag = 'latest'] =
    /^[^/]+\/([^:@]+)(?::([^@]+))?/.exec(name) ?? [];
  return { repository: repository ?? name, tag };
}

/** The agent that a build runs on, with its environment. */
export function createMachine(
  build: Build,
  source: Source | undefined,
  options: MachineOptions,
): ShellMachine & { environment: Map<string, string> } {
  const { images, effects, seed, url, isPast } = options;
  const { job, number } = build;
  const base = job.name.split('/').at(-1) ?? job.name;
  const environment = new Map<string, string>([
    ['BUILD_ID', String(number)],
    ['BUILD_NUMBER', String(number)],
    ['BUILD_DISPLAY_NAME', `#${number}`],
    ['BUILD_TAG', `jenkins-${job.name.replaceAll('/', '-')}-${number}`],
    ['BUILD_URL', `${url}${jobPath(job.name)}/${number}/`],
    ['JOB_NAME', job.name],
    ['JOB_BASE_NAME', base],
    ['JOB_URL', `${url}${jobPath(job.name)}/`],
    ['JENKINS_URL', url],
    ['WORKSPACE', `/var/jenkins_home/workspace/${job.name}`],
    ['NODE_NAME', 'built-in'],
    ...(source
      ? ([
          ['GIT_COMMIT', source.revision],
          ['GIT_BRANCH', `origin/${source.branch}`],
          ['GIT_URL', source.url],
          ['BRANCH_NAME', source.branch],
        ] as const)
      : []),
    ...[...build.parameters].map(
      ([name, value]) => [name, String(value)] as const,
    ),
  ]);
  const local = new Map<string, Readonly<Record<string, string>>>();
  let revision = source?.revision ?? '';
  return {
    environment,
    random: createRandom(seed).fork(`build ${job.name} ${number}`),
    get failsTests() {
      const isMeant =
        source?.commits.get(revision)?.message.includes('[fail]') ?? false;
      return (
        (isMeant || build.forcedFailure === true) &&
        /test/i.test(build.stages.at(-1)?.name ?? '')
      );
    },
    revision: () => revision,
    resolve(name) {
      if (!source) return undefined;
      const names = [
        name,
        `refs/tags/${name}`,
        `refs/heads/${name}`,
        `refs/heads/${name.replace(/^origin\//, '')}`,
      ];
      const found = names
        .map(each => source.references.get(each))
        .find(Boolean);
      if (found) return found;
      return [...source.commits.keys()].find(
        id => name.length >= 7 && id.startsWith(name),
      );
    },
    checkOut(next) {
      revision = next;
      environment.set('GIT_COMMIT', next);
    },
    keepImage: (name, labels) => local.set(name, labels),
    tagImage(from, to) {
      const labels = local.get(from);
      if (labels) local.set(to, labels);
      return labels !== undefined;
    },
    push(name) {
      const labels = local.get(name);
      if (!labels)
        return {
          refusal: `An image does not exist locally with the tag: ${name.replace(
            /:[^:/]*$/,
            '',
          )}`,
        };
      const { repository, tag } = parts(name);
      if (!images.isHere(name)) {
        return {
          refusal: `Get "https://${name.split('/')[0]}/v2/": dial tcp: lookup ${
            name.split('/')[0]
          }: no such host`,
        };
      }
      if (!/^\w[\w.-]{0,127}$/.test(tag))
        return { refusal: `invalid reference format: ${name}` };
      const known = isPast ? images.manifest(repository, tag) : undefined;
      if (known) return { digest: known.digest };
      if (effects.registry === 'down') {
        return {
          refusal: `received unexpected HTTP status: 503 Service Unavailable`,
        };
      }
      try {
        const digest = images.build({
          repository,
          tag,
          revision: labels['org.opencontainers.image.revision'] || revision,
          source:
            labels['org.opencontainers.image.source'] ?? source?.url ?? '',
          layer: `${job.name} #${number}\n${revision}\n`,
        });
        return { digest };
      } catch (error) {
        if (!(error instanceof StoreFull)) throw error;
        return { refusal: `denied: ${error.message}` };
      }
    },
  };
}
