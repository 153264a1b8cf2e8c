import type { Facade } from '../facade';
import { JENKINS_TOKEN } from './api/session';
import type { Jenkins } from './Jenkins';
import { JenkinsServer } from './JenkinsServer';

/** Jenkins with a job for each app of the world. */
export function createJenkins(jenkins: Jenkins): Facade {
  const server = new JenkinsServer(jenkins);
  const user = `orrery:${JENKINS_TOKEN}`;
  return {
    prefix: '/jenkins',
    title: 'Jenkins',
    examples: [
      `curl -g -u ${user} '{origin}/jenkins/api/json?tree=jobs[name,color]'`,
      `curl -u ${user} -X POST '{origin}/jenkins/job/payment.wealth/buildWithParameters?TAG=2.1.0'`,
      `curl -u ${user} {origin}/jenkins/job/payment.wealth/lastBuild/consoleText`,
    ],
    handle: (request, response, path, query) =>
      server.handle(request, response, path, query),
    close: () => jenkins.close(),
  };
}
