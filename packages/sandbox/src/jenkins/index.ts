export { createJenkins } from './facade';
export { Jenkins, type JenkinsOptions } from './Jenkins';
export {
  JENKINS_PASSWORD,
  JENKINS_READER_TOKEN,
  JENKINS_TOKEN,
} from './api/session';
