import {
  graphTypeSchema,
  type GraphType,
} from '@orrery/backstage-plugin-mesh-common';
import { useUrlParameter } from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { EDGE_LABELS, type EdgeLabel } from '../canvas';

const DISPLAYS = ['graph', 'table', 'control-plane'] as const;

/** What the mesh page shows: the picture, its table twin, or istiod. */
export type Display = (typeof DISPLAYS)[number];

/** What a graph may have besides its usual nodes and figures. */
export const INCLUDABLE = [
  'serviceNodes',
  'operationNodes',
  'operations',
  'principals',
  'waypoints',
] as const;

/** One of {@link INCLUDABLE}. */
export type Includable = (typeof INCLUDABLE)[number];

/** How the mesh page shows its graph, kept in the URL. */
export type MeshView = {
  graphType: GraphType;
  edgeLabel: EdgeLabel;
  display: Display;
  showTraffic: boolean;
  include: readonly Includable[];
  setGraphType: (value: string) => void;
  setEdgeLabel: (value: string) => void;
  setDisplay: (value: string) => void;
  setShowTraffic: (value: boolean) => void;
  setInclude: (value: readonly Includable[]) => void;
};

/** Values that are none of the known ones fall back to the defaults. */
export function useMeshView(): MeshView {
  const [graphType, setGraphType] = useUrlParameter('graphType', 'workload');
  const [edgeLabel, setEdgeLabel] = useUrlParameter('labels', 'rate');
  const [display, setDisplay] = useUrlParameter('view', 'graph');
  const [traffic, setTraffic] = useUrlParameter('traffic', 'on');
  const [included, setIncluded] = useUrlParameter('include', '');
  const parsed = graphTypeSchema.safeParse(graphType);
  const include = useMemo(() => {
    const names = new Set(included.split(','));
    return INCLUDABLE.filter(name => names.has(name));
  }, [included]);
  return {
    graphType: parsed.success ? parsed.data : 'workload',
    edgeLabel: EDGE_LABELS.find(label => label === edgeLabel) ?? 'rate',
    display: DISPLAYS.find(name => name === display) ?? 'graph',
    showTraffic: traffic !== 'off',
    include,
    setGraphType,
    setEdgeLabel,
    setDisplay,
    setShowTraffic: value => setTraffic(value ? 'on' : 'off'),
    setInclude: value => setIncluded(value.join(',')),
  };
}
