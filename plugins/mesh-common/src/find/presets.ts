/** An expression that is offered ready-made; `id` names its words in every language. @public */
export type FindPreset = {
  id:
    | 'callersOfFailing'
    | 'clientErrors'
    | 'crossCluster'
    | 'dead'
    | 'disagreement'
    | 'failingEdges'
    | 'faults'
    | 'healthy'
    | 'idle'
    | 'missingSidecar'
    | 'noMutualTls'
    | 'quietEdges'
    | 'slow'
    | 'unhealthy'
    | 'unknown';
  /** Where it is offered. */
  use: 'find' | 'hide' | 'both';
  expression: string;
};

/**
 * Kiali's own presets (`slow`, `unhealthy`, `unknown` to find; `healthy`,
 * `unknown` to hide) and those that answer what is asked most besides.
 *
 * @public
 */
export const FIND_PRESETS: readonly FindPreset[] = [
  { id: 'unhealthy', use: 'find', expression: '! healthy' },
  { id: 'slow', use: 'find', expression: 'rt > 1000' },
  { id: 'failingEdges', use: 'find', expression: 'edges and %error > 5' },
  {
    id: 'callersOfFailing',
    use: 'find',
    expression: 'upstream(nodes and failing)',
  },
  {
    id: 'clientErrors',
    use: 'find',
    expression: 'edges and %clienterror > 10',
  },
  { id: 'noMutualTls', use: 'find', expression: '%mtls < 100' },
  { id: 'missingSidecar', use: 'find', expression: '! sidecar' },
  { id: 'faults', use: 'find', expression: 'faultinjection' },
  { id: 'disagreement', use: 'find', expression: '%disagreement > 5' },
  { id: 'dead', use: 'find', expression: 'dead' },
  { id: 'crossCluster', use: 'find', expression: 'crosscluster' },
  { id: 'healthy', use: 'hide', expression: 'healthy' },
  { id: 'unknown', use: 'both', expression: 'name = unknown' },
  { id: 'idle', use: 'both', expression: 'idle' },
  { id: 'quietEdges', use: 'hide', expression: '! traffic' },
];
