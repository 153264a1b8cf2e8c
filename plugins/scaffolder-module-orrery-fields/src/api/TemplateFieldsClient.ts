import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { prefixCheckSchema } from '@orrery/backstage-plugin-config-center-common';
import {
  serviceNamesSchema,
  sourceGroupsSchema,
} from '@orrery/backstage-plugin-delivery-common';
import { readResponseError } from '@orrery/backstage-plugin-orrery-react';
import type { z } from 'zod';
import type { Place, TemplateFieldsApi } from './TemplateFieldsApi';

/**
 * Asks delivery and the configuration centre.
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

  async #get<T>(schema: z.ZodType<T>, plugin: string, path: string) {
    const base = await this.#discoveryApi.getBaseUrl(plugin);
    const response = await this.#fetchApi.fetch(`${base}${path}`);
    if (!response.ok) {
      throw await readResponseError(response);
    }
    return schema.parse(await response.json());
  }
}
