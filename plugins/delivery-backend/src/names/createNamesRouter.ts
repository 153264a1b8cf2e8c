import type { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  deliveryBuildReadPermission,
  servicePlaceSchema,
  type ServiceImage,
  type ServiceNamesResponse,
} from '@orrery/backstage-plugin-delivery-common';
import {
  environmentOf,
  nameByConvention,
  parseWith,
} from '@orrery/backstage-plugin-orrery-common';
import type { TargetAuthority } from '@orrery/backstage-plugin-orrery-node';
import type { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import type { BuildTools } from '../builds/types';
import type { ImageRegistry } from '../registry/types';
import type { TargetSight } from '../sight/TargetSight';
import { NameChecks } from './NameChecks';
import { ServiceInventories } from './ServiceInventories';

const namesSchema = servicePlaceSchema.extend({
  host: z.string().max(253).optional(),
});
const tagSchema = z.object({
  tag: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/, 'a tag of an image'),
});

/** `GET /service-names`, `/service-images/:tag` and `/service-inventory`. */
export function createNamesRouter(options: {
  httpAuth: HttpAuthService;
  tools: BuildTools;
  registry: ImageRegistry;
  /** Host of the registry that images of services are pushed to. */
  registryHost?: string;
  gitlabUrl?: string;
  authority: TargetAuthority;
  sight: TargetSight;
}): Router {
  const { httpAuth, tools, registry, authority, sight } = options;
  const { registryHost, gitlabUrl } = options;
  const { config, names } = tools;
  const checks = new NameChecks(tools, registry);
  const inventories = new ServiceInventories(tools, authority);
  const router = PromiseRouter();

  const placeOf = async <T extends z.infer<typeof servicePlaceSchema>>(
    request: Request,
    schema: z.ZodType<T>,
  ) => {
    const credentials = await httpAuth.credentials(request);
    const place = parseWith(schema, request.query, 'query');
    await sight.require(
      deliveryBuildReadPermission,
      names.refOf(place),
      credentials,
    );
    return place;
  };
  const repositoryOf = (image: string) =>
    registryHost === undefined ? undefined : `${registryHost}/${image}`;

  router.get('/service-names', async (request, response) => {
    const { host, ...place } = await placeOf(request, namesSchema);
    const { cluster, namespace, app } = place;
    const of = await names.of(place);
    const { system } = of;
    const service = { app, namespace, system };
    const environment = environmentOf(config.environments, cluster, namespace);
    const { entityRef } = await authority.resolve(of.ref);
    const imageRepository = repositoryOf(of.image);
    const conventional =
      config.naming.host && nameByConvention(config.naming.host, service);
    const answer: ServiceNamesResponse = {
      project: of.project,
      job: of.job,
      image: of.image,
      ...(imageRepository && { imageRepository }),
      ...(conventional && { host: conventional }),
      consulPrefix: nameByConvention(config.naming.consulPrefix, service),
      system,
      environment: environment.name,
      isProtected: environment.protected,
      ...(gitlabUrl && { repositoryUrl: `${gitlabUrl}/${of.project}` }),
      checks: await checks.check(place, of, {
        image: imageRepository,
        host,
        // Objects of a longer name are claimed by the component of a shorter.
        entityRef: entityRef?.endsWith(`/${app}`) ? entityRef : undefined,
      }),
    };
    response.json(answer);
  });

  router.get('/service-images/:tag', async (request, response) => {
    const place = await placeOf(request, servicePlaceSchema);
    const { tag } = parseWith(tagSchema, request.params, 'path');
    const repository = repositoryOf((await names.of(place)).image);
    if (repository === undefined) {
      response.json({
        image: '',
        state: 'unknown',
        reason: 'No registry is configured (orrery.registries)',
      } satisfies ServiceImage);
      return;
    }
    const image = `${repository}:${tag}`;
    const found = await registry.inspect(image);
    const answer: ServiceImage =
      found.state === 'exists'
        ? {
            image,
            state: 'exists',
            digest: found.digest,
            ...(found.revision && { revision: found.revision }),
          }
        : { image, state: found.state, reason: found.reason };
    response.json(answer);
  });

  router.get('/service-inventory', async (request, response) => {
    response.json(
      await inventories.read(await placeOf(request, servicePlaceSchema)),
    );
  });

  return router;
}
