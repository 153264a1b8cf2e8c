import type {
  AuthService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  ActionDefinition,
  ClusterClient,
  OrreryConfig,
} from '@orrery/backstage-plugin-orrery-node';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { BuildTools } from '../builds/types';
import type { TargetSight } from '../sight/TargetSight';
import type { WorkloadParts } from '../workloads/createWorkloadParts';
import { WORKLOAD_TYPES } from '../workloads/objects';
import { createProposeChangeAction } from './createProposeChangeAction';
import { createWithdrawProposalAction } from './createWithdrawProposalAction';
import { GitOpsService } from './GitOpsService';
import { GitPlaces } from './GitPlaces';
import type { ProposalTools } from './types';

/** Changes of manifests in Git, put together. */
export function createGitOpsParts(options: {
  client: ClusterClient;
  config: OrreryConfig;
  catalog: CatalogService;
  auth: AuthService;
  httpAuth: HttpAuthService;
  sight: TargetSight;
  proposable: WorkloadParts['proposable'];
  builds: Pick<BuildTools, 'names' | 'gitlab'>;
  /** Addresses of GitLab, for us and for people. */
  gitlabUrls: readonly string[];
}): { actions: ActionDefinition[]; routers: Router[] } {
  const { client, config, catalog, auth, httpAuth, proposable } = options;
  const { names, gitlab } = options.builds;
  const tools: ProposalTools = {
    client,
    config,
    proposable,
    ...(gitlab && { gitlab }),
    places: new GitPlaces({
      client,
      config,
      names,
      gitlab,
      gitlabUrls: options.gitlabUrls,
    }),
    typeOf: kind => WORKLOAD_TYPES[kind],
    async personOf(entityRef) {
      if (!entityRef.startsWith('user:')) {
        return undefined;
      }
      const entity = await catalog.getEntityByRef(entityRef, {
        credentials: await auth.getOwnServiceCredentials(),
      });
      const profile = Object(entity?.spec?.profile);
      const { displayName: name, email } = profile;
      return typeof name === 'string' && typeof email === 'string'
        ? { name, email }
        : undefined;
    },
  };
  const service = new GitOpsService({ tools, sight: options.sight });
  const router = PromiseRouter();
  router.get('/workloads/:ref/git', async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    response.json(await service.of(request.params.ref, credentials));
  });
  return {
    actions: [
      createProposeChangeAction(tools),
      createWithdrawProposalAction(tools),
    ],
    routers: [router],
  };
}
