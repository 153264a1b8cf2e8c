import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';

/**
 * Charts, service levels, dashboards and traces, as far as the caller may read them.
 *
 * @public
 */
export const telemetryPlugin = createBackendPlugin({
  pluginId: 'telemetry',
  register(env) {
    env.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init() {},
    });
  },
});
