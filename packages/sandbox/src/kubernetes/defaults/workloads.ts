import type { KubernetesObject } from '../store';
import { asObject, isObject, type JsonObject } from '../values';
import { fill } from './fill';
import { defaultPodSpec } from './pod-spec';

const specDefaults: Record<string, JsonObject> = {
  'deployments.apps': {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
  },
  'replicasets.apps': { replicas: 1 },
  replicationcontrollers: { replicas: 1 },
  'statefulsets.apps': {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: {
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    },
  },
  'daemonsets.apps': { revisionHistoryLimit: 10 },
  'jobs.batch': {
    completions: 1,
    parallelism: 1,
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: 'TerminatingOrFailed',
    manualSelector: false,
  },
};

function strategyOf(resource: string, spec: JsonObject): JsonObject {
  if (resource === 'deployments.apps') {
    const strategy = fill(asObject(spec.strategy), { type: 'RollingUpdate' });
    return {
      strategy:
        strategy.type === 'RollingUpdate'
          ? {
              ...strategy,
              rollingUpdate: fill(asObject(strategy.rollingUpdate), {
                maxUnavailable: '25%',
                maxSurge: '25%',
              }),
            }
          : strategy,
    };
  }
  if (resource === 'statefulsets.apps' || resource === 'daemonsets.apps') {
    const strategy = fill(asObject(spec.updateStrategy), {
      type: 'RollingUpdate',
    });
    const rolling =
      resource === 'statefulsets.apps'
        ? { partition: 0 }
        : { maxSurge: 0, maxUnavailable: 1 };
    return {
      updateStrategy:
        strategy.type === 'RollingUpdate'
          ? {
              ...strategy,
              rollingUpdate: fill(asObject(strategy.rollingUpdate), rolling),
            }
          : strategy,
    };
  }
  return {};
}

const statusDefaults: Record<string, JsonObject> = {
  'replicasets.apps': { replicas: 0 },
  'statefulsets.apps': { replicas: 0, availableReplicas: 0 },
  'daemonsets.apps': {
    currentNumberScheduled: 0,
    desiredNumberScheduled: 0,
    numberMisscheduled: 0,
    numberReady: 0,
  },
};

/** A CronJob with defaults of the pods its jobs will make. */
export function defaultCronJob(object: KubernetesObject): KubernetesObject {
  const spec = asObject(object.spec);
  const jobTemplate = asObject(spec.jobTemplate);
  const jobSpec = asObject(jobTemplate.spec);
  const template = asObject(jobSpec.template);
  return {
    ...object,
    spec: fill(
      {
        ...spec,
        jobTemplate: {
          ...jobTemplate,
          spec: {
            ...jobSpec,
            template: {
              ...template,
              spec: defaultPodSpec(asObject(template.spec), undefined),
            },
          },
        },
      },
      {
        concurrencyPolicy: 'Allow',
        suspend: false,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
      },
    ),
    status: asObject(object.status),
  };
}

/** A Job selects its pods by its own uid unless it brings a selector. */
function withJobSelector(job: KubernetesObject): KubernetesObject {
  const spec = asObject(job.spec);
  const { name, uid } = job.metadata;
  if (spec.manualSelector === true || spec.selector !== undefined || !uid) {
    return job;
  }
  const labels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const template = asObject(spec.template);
  const metadata = asObject(template.metadata);
  return {
    ...job,
    metadata: {
      ...job.metadata,
      labels: { ...labels, ...job.metadata.labels },
    },
    spec: {
      ...spec,
      selector: {
        matchLabels: { 'batch.kubernetes.io/controller-uid': uid },
      },
      template: {
        ...template,
        metadata: {
          ...metadata,
          labels: { ...labels, ...asObject(metadata.labels) },
        },
      },
    },
  };
}

/** A workload with defaults of its own and of its pods. */
export function defaultPodTemplateOwner(
  resource: string,
  given: KubernetesObject,
): KubernetesObject {
  const object = resource === 'jobs.batch' ? withJobSelector(given) : given;
  const spec = asObject(object.spec);
  const template = asObject(spec.template);
  const restart = resource === 'jobs.batch' ? undefined : 'Always';
  return {
    ...object,
    spec: fill(
      {
        ...spec,
        ...strategyOf(resource, spec),
        ...(isObject(spec.template)
          ? {
              template: {
                ...template,
                spec: defaultPodSpec(asObject(template.spec), restart),
              },
            }
          : {}),
      },
      specDefaults[resource] ?? {},
    ),
    status: fill(asObject(object.status), statusDefaults[resource] ?? {}),
  };
}
