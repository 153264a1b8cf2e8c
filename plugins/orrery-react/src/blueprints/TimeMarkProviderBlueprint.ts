import {
  createExtensionBlueprint,
  createExtensionBlueprintParams,
  createExtensionDataRef,
  type ApiRef,
  type TypesToApiRefs,
} from '@backstage/frontend-plugin-api';
import type { TimeMarkProvider } from '../marks';

/** Makes a provider from APIs of the app, by the names that it gives them. @public */
export type TimeMarkProviderFactory = {
  deps: Record<string, ApiRef<unknown>>;
  factory(deps: Record<string, unknown>): TimeMarkProvider;
};

/** @public */
export const timeMarkProviderDataRef =
  createExtensionDataRef<TimeMarkProviderFactory>().with({
    id: 'orrery.time-mark-provider',
  });

/**
 * Marks on every chart and time line. Each domain brings its own: deploys,
 * canary steps, changes of configuration, alarms.
 *
 * @public
 */
export const TimeMarkProviderBlueprint = createExtensionBlueprint({
  kind: 'orrery-time-marks',
  attachTo: { id: 'api:orrery/time-marks', input: 'providers' },
  output: [timeMarkProviderDataRef],
  dataRefs: { provider: timeMarkProviderDataRef },
  defineParams: <Deps extends Record<string, unknown>>(params: {
    deps: TypesToApiRefs<Deps>;
    factory: (deps: Deps) => TimeMarkProvider;
  }) =>
    createExtensionBlueprintParams({
      deps: params.deps as Record<string, ApiRef<unknown>>,
      // The app resolves exactly the deps that were declared above.
      factory: (deps: Record<string, unknown>) => params.factory(deps as Deps),
    }),
  *factory(params) {
    yield timeMarkProviderDataRef(params);
  },
});
