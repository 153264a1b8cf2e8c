import { SignInPage } from '@backstage/core-components';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';

const signInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => props =>
      <SignInPage {...props} auto providers={['guest']} />,
  },
});

/** Signs in as a guest without a click, where the backend allows guests. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [signInPage],
});
