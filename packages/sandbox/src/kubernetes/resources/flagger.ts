import * as schemas from '../schema/flagger';
import { defineKind } from './define';
import type { PrinterColumn, ResourceType } from './resource';

const column = (
  name: string,
  jsonPath: string,
  priority = 0,
  type = 'string',
): PrinterColumn => ({ name, type, jsonPath, priority });

const flagger = (
  kind: string,
  schema: ResourceType['versions'][number]['schema'],
  columns: PrinterColumn[],
  plural?: string,
) =>
  defineKind('flagger.app', ['v1beta1'], kind, {
    ...(plural ? { plural } : {}),
    custom: true,
    hasStatus: true,
    schema,
    columns,
    categories: ['all'],
  });

/** Kinds of Flagger, with the columns that its definitions add. */
export const flaggerKinds: readonly ResourceType[] = [
  flagger(
    'Canary',
    schemas.canary,
    [
      column('Status', '.status.phase'),
      column('Weight', '.status.canaryWeight'),
      column('Suspended', '.spec.suspend', 1, 'boolean'),
      column('FailedChecks', '.status.failedChecks', 1),
      column('Interval', '.spec.analysis.interval', 1),
      column('Mirror', '.spec.analysis.mirror', 1, 'boolean'),
      column('StepWeight', '.spec.analysis.stepWeight', 1),
      column('StepWeights', '.spec.analysis.stepWeights', 1),
      column('MaxWeight', '.spec.analysis.maxWeight', 1),
      column('LastTransitionTime', '.status.lastTransitionTime'),
    ],
    'canaries',
  ),
  flagger('MetricTemplate', schemas.metricTemplate, [
    column('Provider', '.spec.provider.type'),
  ]),
  flagger('AlertProvider', schemas.alertProvider, [
    column('Type', '.spec.type'),
  ]),
];
