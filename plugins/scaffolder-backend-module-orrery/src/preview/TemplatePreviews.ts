import type {
  BackstageCredentials,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { JsonObject } from '@backstage/types';
import type { TemplatePreview } from '@orrery/backstage-plugin-orrery-common';
import { validate } from 'jsonschema';
import type { PortalClient } from '../client';
import { dryRunSchema } from './dryRun';
import { readTemplateFiles } from './readTemplateFiles';
import { showDryRun } from './showDryRun';

/** A page of a form, or all of it. */
function pagesOf(entity: Entity): object[] {
  const parameters: unknown = entity.spec?.parameters;
  return [parameters ?? []]
    .flat()
    .filter((page): page is object => typeof page === 'object');
}

/** @throws InputError that names the first field that is wrong */
function checkValues(entity: Entity, values: JsonObject): void {
  for (const page of pagesOf(entity)) {
    const [wrong] = validate(values, page).errors;
    if (wrong) {
      const field = wrong.property.replace(/^instance/, 'values');
      throw new InputError(`${field} ${wrong.message}`);
    }
  }
}

/** Shows what templates would do, by the scaffolder's own dry run. */
export class TemplatePreviews {
  readonly #catalog: Pick<CatalogService, 'getEntityByRef'>;
  readonly #portal: Pick<PortalClient, 'post'>;
  readonly #reader: UrlReaderService;

  constructor(options: {
    catalog: Pick<CatalogService, 'getEntityByRef'>;
    portal: Pick<PortalClient, 'post'>;
    reader: UrlReaderService;
  }) {
    this.#catalog = options.catalog;
    this.#portal = options.portal;
    this.#reader = options.reader;
  }

  /**
   * What a template of the catalog would do with these answers.
   *
   * @throws NotFoundError where the caller sees no such template, InputError
   *   where the answers do not fit its form
   */
  async preview(
    templateRef: string,
    values: JsonObject,
    credentials: BackstageCredentials,
  ): Promise<TemplatePreview> {
    const entity = await this.#catalog.getEntityByRef(templateRef, {
      credentials,
    });
    if (!entity || entity.kind !== 'Template') {
      throw new NotFoundError(
        `templateRef: there is no template ${templateRef}`,
      );
    }
    checkValues(entity, values);
    const steps: unknown = entity.spec?.steps;
    const files = await readTemplateFiles(
      entity,
      Array.isArray(steps) ? steps : [],
      this.#reader,
    );
    const run = await this.#portal.post(
      'scaffolder',
      '/v2/dry-run',
      {
        template: entity,
        values,
        directoryContents: files.map(({ path, content }) => ({
          path,
          base64Content: content.toString('base64'),
        })),
      },
      dryRunSchema,
      credentials,
    );
    return showDryRun(run, entity.metadata.title ?? stringifyEntityRef(entity));
  }
}
