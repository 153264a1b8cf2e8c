import { telemetryMetricsReadPermission } from '@orrery/backstage-plugin-telemetry-common';
import type { TelemetrySight } from '../sight/TelemetrySight';
import { serviceOfRef, type ChartsService } from './ChartsService';

/** Answers those who may read a service's metrics. */
export class AuthorizedChartsService implements ChartsService {
  readonly #service: ChartsService;
  readonly #sight: TelemetrySight;

  constructor(service: ChartsService, sight: TelemetrySight) {
    this.#service = service;
    this.#sight = sight;
  }

  charts: ChartsService['charts'] = async (query, credentials) => {
    serviceOfRef(query.ref);
    await this.#sight.require(
      telemetryMetricsReadPermission,
      query.ref,
      credentials,
    );
    return this.#service.charts(query, credentials);
  };
}
