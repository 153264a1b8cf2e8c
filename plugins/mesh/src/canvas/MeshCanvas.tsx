import type { MeshGraph } from '@orrery/backstage-plugin-mesh-common';

/** What edges are labelled with. */
export type EdgeLabel = 'none' | 'rate' | 'errors' | 'p95';

/** @public */
export type MeshCanvasProps = {
  graph: MeshGraph;
  /** Id of the selected node or edge. */
  selected?: string;
  onSelect: (id: string | undefined) => void;
  /** Ids to keep in full colour; the others fade. Absent means all. */
  highlighted?: ReadonlySet<string>;
  edgeLabel: EdgeLabel;
  /** Dots that travel along edges; off when the viewer prefers reduced motion. */
  showTraffic: boolean;
  /** Where positions are kept between visits; equal keys share a layout. */
  layoutKey: string;
};

/** Draws a graph. */
export function MeshCanvas(props: MeshCanvasProps) {
  return <div>{props.graph.nodes.length}</div>;
}
