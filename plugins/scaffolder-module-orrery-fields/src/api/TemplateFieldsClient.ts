import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { prefixCheckSchema } from '@orrery/backstage-plugin-config-center-common';
import {
  serviceNamesSchema,
  sourceGroupsSchema,
} from '@orrery/backstage-plugin-delivery-common';
import { templatePreviewSchema } from '@orrery/backstage-plugin-orrery-common';
import { readResponseError } from '@orrery/backstage-plugin-orrery-react';
import type { z } from 'zod';
import type { Place, TemplateFieldsApi } from './TemplateFieldsApi';

/**
 * Asks delivery, the configuration centre and the scaffolder.
 *
 * @public
 */
export class TemplateFieldsClient implements TemplateFieldsApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  names(place: Place & { app: string; host?: string }) {
    const query = new URLSearchParams(place);
    return this.#get(serviceNamesSchema, 'delivery', `/service-names?${query}`);
  }

  prefix(place: Place & { app: string }) {
    const query = new URLSearchParams(place);
    return this.#get(
      prefixCheckSchema,
      'config-center',
      `/prefixes/check?${query}`,
    );
  }

  groups() {
    return this.#get(sourceGroupsSchema, 'delivery', '/source-groups');
  }

  preview(templateRef: string, values: Record<string, unknown>) {
    return this.#ask(
      templatePreviewSchema,
      'scaffolder',
      '/orrery/template-previews',
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ templateRef, values }),
      },
    );
  }

  #get<T>(schema: z.ZodType<T>, plugin: string, path: string) {
    return this.#ask(schema, plugin, path, {});
  }

  async #ask<T>(
    schema: z.ZodType<T>,
    plugin: string,
    path: string,
    init: RequestInit,
  ) {
    const base = await this.#discoveryApi.getBaseUrl(plugin);
    const response = await this.#fetchApi.fetch(`${base}${path}`, init);
    if (!response.ok) {
      throw await readResponseError(response);
    }
    return schema.parse(await response.json());
  }
}
