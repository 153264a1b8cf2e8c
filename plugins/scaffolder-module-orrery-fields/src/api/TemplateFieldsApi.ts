import { createApiRef } from '@backstage/frontend-plugin-api';
import type { PrefixCheck } from '@orrery/backstage-plugin-config-center-common';
import type { TemplatePreview } from '@orrery/backstage-plugin-orrery-common';
import type {
  ServiceNamesResponse,
  SourceGroups,
} from '@orrery/backstage-plugin-delivery-common';

/** Where a service is to be. */
export type Place = { cluster: string; namespace: string };

/**
 * What fields of templates ask the portal.
 *
 * @public
 */
export interface TemplateFieldsApi {
  /** What a service is called in every system, and what of that is free. */
  names(
    place: Place & { app: string; host?: string },
  ): Promise<ServiceNamesResponse>;
  /** Whether a service's prefix in Consul is free. */
  prefix(place: Place & { app: string }): Promise<PrefixCheck>;
  /** Groups of GitLab where projects can be made. */
  groups(): Promise<SourceGroups>;
  /** What a template would do with these answers. Nothing is made. */
  preview(
    templateRef: string,
    values: Record<string, unknown>,
  ): Promise<TemplatePreview>;
}

/** @public */
export const templateFieldsApiRef = createApiRef<TemplateFieldsApi>().with({
  id: 'plugin.scaffolder.orrery-fields',
  pluginId: 'scaffolder',
});
