import type { Facade } from '../facade';
import { sendText } from '../http';
import type { Effects } from '../simulator';
import { GITLAB_TOKEN, type Forge } from './Forge';
import { GitLabServer } from './GitLabServer';

/** GitLab with the source of the world's apps. */
export function createGitLab(forge: Forge, effects: Effects): Facade {
  const server = new GitLabServer(forge);
  return {
    prefix: '/gitlab',
    title: 'GitLab',
    examples: [
      `curl -H 'PRIVATE-TOKEN: ${GITLAB_TOKEN}' '{origin}/gitlab/api/v4/projects/wealth%2Fpayment/repository/tags'`,
      `git clone {origin}/gitlab/wealth/payment.git  # user oauth2, password ${GITLAB_TOKEN}`,
    ],
    handle(request, response, path, query) {
      if (effects.gitlab === 'down') {
        request.resume();
        sendText(response, 502, 'GitLab is not responding\n');
        return undefined;
      }
      return server.handle(request, response, path, query);
    },
    close: () => forge.close(),
  };
}
