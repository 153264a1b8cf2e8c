import type {
  AuthService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  ActionDefinition,
  ClusterClient,
  OrreryConfig,
  TargetAuthority,
} from '@orrery/backstage-plugin-orrery-node';
import type { Router } from 'express';
import { GitLabClient } from '../gitlab/GitLabClient';
import { GitLabHooks } from '../gitlab/GitLabHooks';
import { readGitLab } from '../gitlab/readGitLab';
import { JenkinsClient } from '../jenkins/JenkinsClient';
import { readJenkins } from '../jenkins/readJenkins';
import { createNamesRouter } from '../names/createNamesRouter';
import { ServiceNames } from '../names/ServiceNames';
import type { ImageRegistry } from '../registry/types';
import { createImageProjectAction } from '../registry/createImageProjectAction';
import { readRegistries } from '../registry/readRegistries';
import type { TargetSight } from '../sight/TargetSight';
import { createDeleteProjectAction } from '../source/createDeleteProjectAction';
import {
  createCreateSourceHookAction,
  createDeleteSourceHookAction,
} from '../source/createSourceHookActions';
import { createSourceRouter } from '../source/createSourceRouter';
import { SourceHooks } from '../source/SourceHooks';
import { SourceService } from '../source/SourceService';
import {
  createGitLabHookRouter,
  GITLAB_HOOK_PATH,
} from '../hooks/createGitLabHookRouter';
import {
  createJenkinsHookRouter,
  JENKINS_HOOK_PATH,
} from '../hooks/createJenkinsHookRouter';
import type { PushNews } from '../hooks/PushNews';
import { BuildsService } from './BuildsService';
import { BuildWatches } from './BuildWatches';
import { createAbortBuildAction } from './createAbortBuildAction';
import { createCancelBuildAction } from './createCancelBuildAction';
import { createBuildsRouter } from './createBuildsRouter';
import {
  createCreateJobAction,
  createDeleteJobAction,
} from './createJobActions';
import { createStartBuildAction } from './createStartBuildAction';
import type { BuildTools } from './types';

/** Builds and source, put together. */
export type BuildParts = {
  actions: ActionDefinition[];
  routers: Router[];
  tools: BuildTools;
  /** Addresses of GitLab, for us and for people. */
  gitlabUrls: string[];
};

/** Where others call the plugin, if nothing else is configured. */
function addressOf(rootConfig: Config, path: string): string {
  const base = rootConfig.getString('backend.baseUrl').replace(/\/+$/, '');
  return `${base}/api/delivery${path}`;
}

/** Puts together what the plugin's builds and source are made of. */
export function createBuildParts(options: {
  rootConfig: Config;
  config: OrreryConfig;
  client: ClusterClient;
  authority: TargetAuthority;
  catalog: CatalogService;
  auth: AuthService;
  httpAuth: HttpAuthService;
  sight: TargetSight;
  registry: ImageRegistry;
  /** Passes pushes on to other backends; only this one hears where absent. */
  news?: PushNews;
  pollMilliseconds?: number;
}): BuildParts {
  const { rootConfig, httpAuth, sight, client, config } = options;
  const jenkinsConfig = readJenkins(rootConfig);
  const gitlabConfig = readGitLab(rootConfig);
  // The first one is where images of services are pushed to.
  const imageRegistry = readRegistries(rootConfig).at(0);
  const names = new ServiceNames(options);
  const jenkins = jenkinsConfig && new JenkinsClient(jenkinsConfig);
  const gitlab = gitlabConfig && new GitLabClient(gitlabConfig);
  const watches = new BuildWatches({
    jenkins,
    ...(options.pollMilliseconds !== undefined && {
      pollMilliseconds: options.pollMilliseconds,
    }),
  });
  options.news?.listen(project => watches.pushed(project));
  const tools: BuildTools = {
    client,
    config,
    names,
    ...(jenkins && { jenkins }),
    ...(gitlab && { gitlab }),
    ...(gitlabConfig?.webhookToken && {
      hooks: new SourceHooks({
        gitlab: new GitLabHooks(gitlabConfig),
        token: gitlabConfig.webhookToken,
        url: gitlabConfig.webhookUrl ?? addressOf(rootConfig, GITLAB_HOOK_PATH),
      }),
    }),
    ...(jenkinsConfig?.webhookToken && {
      notify: {
        token: jenkinsConfig.webhookToken,
        url:
          jenkinsConfig.webhookUrl ?? addressOf(rootConfig, JENKINS_HOOK_PATH),
      },
    }),
    ...(jenkinsConfig?.credentialsId && {
      credentialsId: jenkinsConfig.credentialsId,
    }),
    ...(options.pollMilliseconds !== undefined && {
      pollMilliseconds: options.pollMilliseconds,
    }),
  };
  return {
    tools,
    gitlabUrls: gitlabConfig ? [gitlabConfig.url, gitlabConfig.publicUrl] : [],
    actions: [
      createStartBuildAction(tools),
      createAbortBuildAction(tools),
      createCancelBuildAction(tools),
      createCreateJobAction(tools),
      createDeleteJobAction(tools),
      createDeleteProjectAction(tools),
      createCreateSourceHookAction(tools),
      createDeleteSourceHookAction(tools),
      createImageProjectAction({ names, registry: imageRegistry }),
    ],
    routers: [
      createGitLabHookRouter({
        token: gitlabConfig?.webhookToken,
        onPush: project =>
          options.news ? options.news.tell(project) : watches.pushed(project),
      }),
      createJenkinsHookRouter({
        token: jenkinsConfig?.webhookToken,
        onBuild: job => watches.built(job),
      }),
      createBuildsRouter({
        httpAuth,
        watches,
        service: new BuildsService({ jenkins, names, sight }),
      }),
      createSourceRouter({
        httpAuth,
        service: new SourceService({
          gitlab,
          names,
          sight,
          ...(gitlabConfig && { host: new URL(gitlabConfig.publicUrl).host }),
        }),
      }),
      createNamesRouter({
        ...options,
        tools,
        registryHost: imageRegistry?.host,
        gitlabUrl: gitlabConfig?.publicUrl,
      }),
    ],
  };
}
