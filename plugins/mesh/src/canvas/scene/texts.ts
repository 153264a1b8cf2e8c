import type { GraphNode } from '@orrery/backstage-plugin-mesh-common';
import type { Format } from '@orrery/backstage-plugin-orrery-react';
import { nodeText } from '../../model/words';
import { TrafficTotal, type TrafficSum } from '../levels';
import type { ComparisonMark, Link, Mark } from './types';

export { linkLabel, type EdgeLabel } from './linkLabel';

/** Words and numbers in the language of the viewer. */
export type Words = {
  format: Format;
  health: (state: Mark['health']) => string;
  comparison: (mark: ComparisonMark) => string;
  /** Name of the box for what belongs to no namespace. */
  outside: string;
  /** `12 nodes` */
  nodes: (count: number) => string;
  /** `2 failing` */
  failing: (count: number) => string;
  /** `1 degraded` */
  degraded: (count: number) => string;
  closed: string;
  dead: string;
  layer4: string;
  /** `95 % mutual TLS at least` */
  mutualTls: (share: string) => string;
  /** `Edge from order to payment` */
  edge: (source: string, target: string) => string;
  /** `3 edges as one` */
  edges: (count: number) => string;
};

/** Rate, errors and latency of some traffic; bytes where no request was counted. */
export function trafficTexts(traffic: TrafficSum, { format }: Words): string[] {
  const { requestsPerSecond, errorShare, bytesPerSecond } = traffic;
  if (requestsPerSecond === undefined) {
    return bytesPerSecond === undefined
      ? []
      : [format.bytesPerSecond(bytesPerSecond)];
  }
  return [
    format.rate(requestsPerSecond),
    ...(errorShare ? [`${format.percent(errorShare)} ✕`] : []),
    ...(traffic.slowestP95Milliseconds === undefined
      ? []
      : [`p95 ${format.milliseconds(traffic.slowestP95Milliseconds)}`]),
  ];
}

function sumOf({ inbound }: GraphNode): TrafficSum {
  const total = new TrafficTotal();
  total.add(inbound);
  return total;
}

/** Name of a mark with all its parts. */
export function titleOf({ view }: Mark, words: Words): string {
  return view.node
    ? nodeText(view.node)
    : view.closed.group.label || words.outside;
}

/** All that a mark says, for those who do not see it and for its card. */
export function factsOf(mark: Mark, words: Words): string[] {
  const { node, closed } = mark.view;
  const facts = node
    ? [
        node.namespace ?? '',
        words.health(node.health.state),
        ...trafficTexts(sumOf(node), words),
        node.layer === 'l4' ? words.layer4 : '',
        node.isDead ? words.dead : '',
      ]
    : [
        words.closed,
        words.health(closed.health),
        words.nodes(closed.nodes),
        closed.failing > 0 ? words.failing(closed.failing) : '',
        closed.degraded > 0 ? words.degraded(closed.degraded) : '',
        ...trafficTexts(closed.total, words),
      ];
  return [
    ...facts,
    mark.comparison ? words.comparison(mark.comparison) : '',
  ].filter(Boolean);
}

/** What a line says. */
export function linkFacts(link: Link, words: Words): string[] {
  const share = link.view.traffic.leastMutualTlsShare;
  return [
    words.health(link.health),
    ...trafficTexts(link.view.traffic, words),
    link.view.traffic.protocols.join(', '),
    share === undefined ? '' : words.mutualTls(words.format.percent(share)),
    link.comparison ? words.comparison(link.comparison) : '',
  ].filter(Boolean);
}

/** What is written in a closed box, besides its name. */
export function closedText({ view }: Mark, words: Words): string {
  if (!view.closed) {
    return '';
  }
  const { nodes, failing, degraded, total } = view.closed;
  const rate = total.requestsPerSecond;
  return [
    words.format.number(nodes),
    failing > 0 ? `✕${words.format.number(failing)}` : '',
    degraded > 0 ? `!${words.format.number(degraded)}` : '',
    rate === undefined ? '' : words.format.rate(rate),
  ]
    .filter(Boolean)
    .join(' · ');
}
