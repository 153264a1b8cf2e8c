import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { OrreryPolicy } from './policy/OrreryPolicy';
import { readPolicyConfig } from './policy/readPolicyConfig';

/**
 * Makes {@link OrreryPolicy} the policy of the backend.
 *
 * @public
 */
export const permissionModuleOrreryPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'orrery-policy',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      async init({ config, policy }) {
        policy.setPolicy(new OrreryPolicy(readPolicyConfig(config)));
      },
    });
  },
});
