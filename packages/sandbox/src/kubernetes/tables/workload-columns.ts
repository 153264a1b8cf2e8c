import type { KubernetesObject } from '../store';
import { asObjects, asText, asTexts, at } from '../values';
import { age, shortDuration } from './age';
import { joined, selectorText } from './text';
import { podColumns } from './pod-columns';
import {
  countText,
  ageColumn,
  countColumn,
  nameColumn,
  pathColumn,
  textColumn,
  type Column,
} from './column';

const templateContainers = (object: KubernetesObject) =>
  asObjects(at(object, 'spec.template.spec.containers'));

const wideTemplate: Column[] = [
  textColumn(
    'Containers',
    object => joined(templateContainers(object).map(entry => entry.name)),
    1,
  ),
  textColumn(
    'Images',
    object => joined(templateContainers(object).map(entry => entry.image)),
    1,
  ),
];

const selectorColumn = textColumn(
  'Selector',
  object => selectorText(object.spec?.selector),
  1,
);

const ratio = (ready: string, wanted: string) => (object: KubernetesObject) =>
  `${at(object, ready) ?? 0}/${at(object, wanted) ?? 0}`;

function jobDuration(job: KubernetesObject, now: number): string {
  const start = Date.parse(asText(job.status?.startTime) ?? '');
  if (Number.isNaN(start)) {
    return '';
  }
  const end = Date.parse(asText(job.status?.completionTime) ?? '');
  return shortDuration(((Number.isNaN(end) ? now : end) - start) / 1000);
}

const replicaSetColumns: Column[] = [
  nameColumn,
  countColumn('Desired', 'spec.replicas'),
  countColumn('Current', 'status.replicas'),
  countColumn('Ready', 'status.readyReplicas'),
  ageColumn,
  ...wideTemplate,
  selectorColumn,
];

/** Columns of pods and of what makes them. */
export const workloadColumns: Record<string, Column[]> = {
  pods: podColumns,
  'deployments.apps': [
    nameColumn,
    textColumn('Ready', ratio('status.readyReplicas', 'spec.replicas')),
    countText('Up-to-date', 'status.updatedReplicas'),
    countText('Available', 'status.availableReplicas'),
    ageColumn,
    ...wideTemplate,
    selectorColumn,
  ],
  'replicasets.apps': replicaSetColumns,
  replicationcontrollers: replicaSetColumns,
  'statefulsets.apps': [
    nameColumn,
    textColumn('Ready', ratio('status.readyReplicas', 'spec.replicas')),
    ageColumn,
    ...wideTemplate,
  ],
  'daemonsets.apps': [
    nameColumn,
    countColumn('Desired', 'status.desiredNumberScheduled'),
    countColumn('Current', 'status.currentNumberScheduled'),
    countColumn('Ready', 'status.numberReady'),
    countColumn('Up-to-date', 'status.updatedNumberScheduled'),
    countColumn('Available', 'status.numberAvailable'),
    textColumn('Node Selector', object => {
      const labels = asTexts(at(object, 'spec.template.spec.nodeSelector'));
      return joined(
        Object.entries(labels).map(([key, value]) => `${key}=${value}`),
      );
    }),
    ageColumn,
    ...wideTemplate,
    selectorColumn,
  ],
  'controllerrevisions.apps': [
    nameColumn,
    textColumn('Controller', object => {
      const [owner] = object.metadata.ownerReferences ?? [];
      return owner
        ? `${owner.kind.toLowerCase()}.apps/${owner.name}`
        : '<none>';
    }),
    countColumn('Revision', 'revision'),
    ageColumn,
  ],
  'jobs.batch': [
    nameColumn,
    textColumn('Status', object =>
      asObjects(object.status?.conditions).some(
        entry => entry.type === 'Complete' && entry.status === 'True',
      )
        ? 'Complete'
        : 'Running',
    ),
    textColumn('Completions', ratio('status.succeeded', 'spec.completions')),
    textColumn('Duration', jobDuration),
    ageColumn,
    ...wideTemplate,
    selectorColumn,
  ],
  'cronjobs.batch': [
    nameColumn,
    pathColumn('Schedule', 'spec.schedule'),
    pathColumn('Timezone', 'spec.timeZone'),
    {
      name: 'Suspend',
      type: 'boolean',
      cell: object => (object.spec?.suspend === true ? 'True' : 'False'),
    },
    {
      name: 'Active',
      type: 'integer',
      cell: object => asObjects(object.status?.active).length,
    },
    textColumn('Last Schedule', (object, now) => {
      const last = asText(object.status?.lastScheduleTime);
      return last ? age(last, now) : '<none>';
    }),
    ageColumn,
  ],
  'horizontalpodautoscalers.autoscaling': [
    nameColumn,
    textColumn(
      'Reference',
      object =>
        `${at(object, 'spec.scaleTargetRef.kind')}/${at(
          object,
          'spec.scaleTargetRef.name',
        )}`,
    ),
    textColumn('Targets', autoscalerTargets),
    textColumn('MinPods', object => `${object.spec?.minReplicas ?? '<unset>'}`),
    countText('MaxPods', 'spec.maxReplicas'),
    countText('Replicas', 'status.currentReplicas'),
    ageColumn,
  ],
};

function autoscalerTargets(object: KubernetesObject): string {
  const current = asObjects(object.status?.currentMetrics);
  return joined(
    asObjects(object.spec?.metrics).map((metric, index) => {
      const target = at(metric, 'resource.target.averageUtilization');
      const now = at(current[index], 'resource.current.averageUtilization');
      return `${at(metric, 'resource.name') ?? metric.type}: ${
        now === undefined ? '<unknown>' : `${now}%`
      }/${target === undefined ? '<auto>' : `${target}%`}`;
    }),
  );
}
