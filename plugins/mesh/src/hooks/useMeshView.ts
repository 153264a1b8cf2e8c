import {
  graphTypeSchema,
  type GraphType,
} from '@orrery/backstage-plugin-mesh-common';
import { useUrlParameter } from '@orrery/backstage-plugin-orrery-react';
import type { EdgeLabel } from '../canvas';

const EDGE_LABELS: readonly EdgeLabel[] = ['rate', 'errors', 'p95', 'none'];

const DISPLAYS = ['graph', 'table', 'control-plane'] as const;

/** What the mesh page shows: the picture, its table twin, or istiod. */
export type Display = (typeof DISPLAYS)[number];

/** How the mesh page shows its graph, kept in the URL. */
export type MeshView = {
  graphType: GraphType;
  edgeLabel: EdgeLabel;
  display: Display;
  showTraffic: boolean;
  setGraphType: (value: string) => void;
  setEdgeLabel: (value: string) => void;
  setDisplay: (value: string) => void;
  setShowTraffic: (value: boolean) => void;
};

/** Values that are none of the known ones fall back to the defaults. */
export function useMeshView(): MeshView {
  const [graphType, setGraphType] = useUrlParameter('graphType', 'workload');
  const [edgeLabel, setEdgeLabel] = useUrlParameter('labels', 'rate');
  const [display, setDisplay] = useUrlParameter('view', 'graph');
  const [traffic, setTraffic] = useUrlParameter('traffic', 'on');
  const parsed = graphTypeSchema.safeParse(graphType);
  return {
    graphType: parsed.success ? parsed.data : 'workload',
    edgeLabel: EDGE_LABELS.find(label => label === edgeLabel) ?? 'rate',
    display: DISPLAYS.find(name => name === display) ?? 'graph',
    showTraffic: traffic !== 'off',
    setGraphType,
    setEdgeLabel,
    setDisplay,
    setShowTraffic: value => setTraffic(value ? 'on' : 'off'),
  };
}
