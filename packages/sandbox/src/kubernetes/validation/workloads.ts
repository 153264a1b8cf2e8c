import type { StatusCause } from '../http/status-error';
import type { KubernetesObject } from '../store';
import {
  asNumber,
  asObject,
  asObjects,
  asTexts,
  isObject,
  sameJson,
  type JsonObject,
} from '../values';
import { forbiddenField, invalidValue, notSupported, required } from './cause';
import { checkLabels } from './names';
import { checkPodSpec } from './pods';

/** Whether a label selector picks an object with these labels. */
export function selectsLabels(
  selector: JsonObject,
  labels: Record<string, string>,
): boolean {
  const byLabel = Object.entries(asTexts(selector.matchLabels)).every(
    ([key, value]) => labels[key] === value,
  );
  return (
    byLabel &&
    asObjects(selector.matchExpressions).every(({ key, operator, values }) => {
      const value = labels[String(key)];
      const list = Array.isArray(values) ? values : [];
      switch (operator) {
        case 'In':
          return value !== undefined && list.includes(value);
        case 'NotIn':
          return value === undefined || !list.includes(value);
        case 'Exists':
          return value !== undefined;
        default:
          return value === undefined;
      }
    })
  );
}

function checkSelector(spec: JsonObject): StatusCause[] {
  const selector = asObject(spec.selector);
  const { labels } = asObject(asObject(spec.template).metadata);
  const causes: StatusCause[] = [];
  const empty =
    Object.keys(asTexts(selector.matchLabels)).length === 0 &&
    asObjects(selector.matchExpressions).length === 0;
  if (!isObject(spec.selector)) {
    causes.push(required('spec.selector'));
  } else if (empty) {
    causes.push(
      invalidValue(
        'spec.selector',
        selector,
        'empty selector is invalid for deployment',
      ),
    );
  }
  if (empty || !selectsLabels(selector, asTexts(labels))) {
    causes.push(
      invalidValue(
        'spec.template.metadata.labels',
        labels ?? null,
        '`selector` does not match template `labels`',
      ),
    );
  }
  return causes;
}

const counts = [
  'replicas',
  'minReadySeconds',
  'revisionHistoryLimit',
  'progressDeadlineSeconds',
  'parallelism',
  'completions',
  'backoffLimit',
];

function checkCounts(spec: JsonObject): StatusCause[] {
  return counts.flatMap(name => {
    const value = asNumber(spec[name]);
    return value !== undefined && value < 0
      ? [
          invalidValue(
            `spec.${name}`,
            value,
            'must be greater than or equal to 0',
          ),
        ]
      : [];
  });
}

function checkStrategy(spec: JsonObject): StatusCause[] {
  const strategy = asObject(spec.strategy);
  const types = ['Recreate', 'RollingUpdate'];
  if (strategy.type !== undefined && !types.includes(String(strategy.type))) {
    const { type, rollingUpdate = null } = strategy;
    const value = { Type: type, RollingUpdate: rollingUpdate };
    return [notSupported('spec.strategy', value, types)];
  }
  if (strategy.type === 'Recreate' && isObject(strategy.rollingUpdate)) {
    return [
      forbiddenField(
        'spec.strategy.rollingUpdate',
        "may not be specified when strategy `type` is 'Recreate'",
      ),
    ];
  }
  const { maxSurge, maxUnavailable } = asObject(strategy.rollingUpdate);
  const isZero = (value: unknown) => value === 0 || value === '0%';
  return isZero(maxSurge) && isZero(maxUnavailable)
    ? [
        invalidValue(
          'spec.strategy.rollingUpdate.maxUnavailable',
          maxUnavailable,
          'may not be 0 when `maxSurge` is 0',
        ),
      ]
    : [];
}

function checkTemplate(spec: JsonObject, restart: string[]): StatusCause[] {
  const template = asObject(spec.template);
  const metadata = asObject(template.metadata);
  return [
    ...checkLabels('spec.template.metadata.labels', asTexts(metadata.labels)),
    ...checkPodSpec('spec.template.spec', asObject(template.spec), restart),
  ];
}

/** Checks a Deployment, ReplicaSet, StatefulSet or DaemonSet. */
export function checkWorkload(
  object: KubernetesObject,
  current: KubernetesObject | undefined,
): StatusCause[] {
  const spec = asObject(object.spec);
  const causes = [
    ...checkCounts(spec),
    ...checkSelector(spec),
    ...checkStrategy(spec),
    ...checkTemplate(spec, ['Always']),
  ];
  if (current && !sameJson(current.spec?.selector, spec.selector)) {
    causes.push(
      invalidValue('spec.selector', spec.selector, 'field is immutable'),
    );
  }
  return causes;
}

/** Checks a Job. */
export function checkJob(
  object: KubernetesObject,
  current: KubernetesObject | undefined,
): StatusCause[] {
  const spec = asObject(object.spec);
  const causes = [
    ...checkCounts(spec),
    ...checkTemplate(spec, ['OnFailure', 'Never']),
  ];
  if (asObject(asObject(spec.template).spec).restartPolicy === undefined) {
    causes.push({
      reason: 'FieldValueRequired',
      field: 'spec.template.spec.restartPolicy',
      message: 'Required value: valid values: "OnFailure", "Never"',
    });
  }
  if (current && !sameJson(current.spec?.template, spec.template)) {
    causes.push(
      invalidValue('spec.template', spec.template, 'field is immutable'),
    );
  }
  return causes;
}
