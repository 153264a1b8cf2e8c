import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { oidcAuthApi } from './oidcAuthApi';

const signInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => {
      const { OrrerySignInPage } = await import('./OrrerySignInPage');
      return props => <OrrerySignInPage {...props} />;
    },
  },
});

/** Signs in as a person of the identity provider, or as a guest. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [oidcAuthApi, signInPage],
});
