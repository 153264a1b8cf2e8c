import { prometheusRule } from '../schema/prometheus-operator';
import { defineKind } from './define';
import type { ResourceType } from './resource';

/** Kinds of the Prometheus Operator that services bring. */
export const prometheusOperatorKinds: readonly ResourceType[] = [
  defineKind('monitoring.coreos.com', ['v1'], 'PrometheusRule', {
    shortNames: ['promrule'],
    categories: ['prometheus-operator'],
    custom: true,
    schema: prometheusRule,
  }),
];
