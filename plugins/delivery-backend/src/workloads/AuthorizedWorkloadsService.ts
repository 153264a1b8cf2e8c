import { deliveryWorkloadReadPermission } from '@orrery/backstage-plugin-delivery-common';
import type { TargetSight } from '../sight/TargetSight';
import type { SharedWorkloadsService, WorkloadsService } from './types';

/** Answers each caller with what they may see. */
export class AuthorizedWorkloadsService implements WorkloadsService {
  readonly #service: SharedWorkloadsService;
  readonly #sight: TargetSight;

  constructor(service: SharedWorkloadsService, sight: TargetSight) {
    this.#service = service;
    this.#sight = sight;
  }

  list: WorkloadsService['list'] = async (query, credentials) => {
    const list = await this.#service.list(query);
    const items = await this.#sight.filter(
      deliveryWorkloadReadPermission,
      list.items,
      ({ ref }) => ref,
      credentials,
    );
    return { ...list, items: [...items] };
  };

  details: WorkloadsService['details'] = async (ref, credentials) => {
    await this.#sight.require(deliveryWorkloadReadPermission, ref, credentials);
    return this.#service.details(ref);
  };
}
