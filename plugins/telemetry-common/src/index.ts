/**
 * The model of telemetry: charts, service levels, dashboards and traces.
 *
 * @packageDocumentation
 */
export * from './charts';
export * from './dashboards';
export * from './permissions';
export * from './slo';
export * from './traces';
