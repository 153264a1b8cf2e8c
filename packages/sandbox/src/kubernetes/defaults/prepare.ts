import type { Clock } from '../../clock';
import type { Random } from '../../random';
import { acceptDefinition } from '../resources/custom';
import { definitions } from '../resources/definitions';
import { timestamp } from '../storage/timestamp';
import type { KubernetesObject } from '../store';
import { defaultPod } from './pods';
import { defaultCronJob, defaultPodTemplateOwner } from './workloads';
import { ClusterAddresses, defaultService } from './services';
import { defaultSimple } from './simple';

/** Fills in what the API server would, by collection; others stay as they are. */
export function prepareObject(
  random: Random,
  clock: Clock,
): (resource: string, object: KubernetesObject) => KubernetesObject {
  const addresses = new ClusterAddresses(random.fork('cluster-addresses'));
  return (resource, object) => {
    switch (resource) {
      case 'pods':
        return defaultPod(object);
      case 'deployments.apps':
      case 'replicasets.apps':
      case 'statefulsets.apps':
      case 'daemonsets.apps':
      case 'replicationcontrollers':
      case 'jobs.batch':
        return defaultPodTemplateOwner(resource, object);
      case 'cronjobs.batch':
        return defaultCronJob(object);
      case 'services':
        return defaultService(object, addresses);
      case definitions:
        return acceptDefinition(object, timestamp(clock.now()));
      default:
        return defaultSimple(resource, object);
    }
  };
}
