import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { GraphEdge } from '@orrery/backstage-plugin-mesh-common';
import { healthStateSchema } from '@orrery/backstage-plugin-orrery-common';
import { HealthMark, useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { nodeText } from '../../model/words';
import { meshTranslationRef } from '../../translation';
import { GridTable, type GridColumn } from './GridTable';
import type { MeshTablesProps } from './MeshTables';

type Row = GraphEdge & { from: string; to: string };

/** Unknown only where neither part is known. */
function sum(
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  return left === undefined ? right : left + (right ?? 0);
}

/** TCP and bodies of HTTP and gRPC, from the caller and back to it. */
function bytesOf({ traffic }: GraphEdge) {
  return {
    sent: sum(traffic.sentBytesPerSecond, traffic.requestBytesPerSecond),
    received: sum(
      traffic.receivedBytesPerSecond,
      traffic.responseBytesPerSecond,
    ),
  };
}

/** Every edge, the most failing first. */
export function EdgeTable(props: MeshTablesProps) {
  const { graph, selected, onSelect } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const rows = useMemo(() => {
    const names = new Map(graph.nodes.map(node => [node.id, nodeText(node)]));
    return graph.edges.map(
      (edge): Row => ({
        ...edge,
        from: names.get(edge.source) ?? edge.source,
        to: names.get(edge.target) ?? edge.target,
      }),
    );
  }, [graph]);
  const columns = useMemo(
    (): GridColumn<Row>[] => [
      {
        id: 'from',
        title: t('table.from'),
        width: 'minmax(120px, 2fr)',
        sortBy: row => row.from,
        render: row => row.from,
      },
      {
        id: 'to',
        title: t('table.to'),
        width: 'minmax(120px, 2fr)',
        sortBy: row => row.to,
        render: row => row.to,
      },
      {
        id: 'health',
        title: t('table.health'),
        width: '110px',
        sortBy: row => healthStateSchema.options.indexOf(row.health.state),
        render: row => <HealthMark state={row.health.state} showWord />,
      },
      {
        id: 'protocol',
        title: t('table.protocol'),
        width: '90px',
        sortBy: row => row.traffic.protocols.join(' '),
        render: row => row.traffic.protocols.join(', '),
      },
      {
        id: 'rate',
        title: t('table.rate'),
        width: '90px',
        isNumber: true,
        sortBy: row =>
          row.traffic.requestsPerSecond ?? row.traffic.sentBytesPerSecond,
        render: row =>
          row.traffic.requestsPerSecond === undefined
            ? format.bytesPerSecond(row.traffic.sentBytesPerSecond)
            : format.rate(row.traffic.requestsPerSecond),
      },
      {
        id: 'errors',
        title: t('table.errors'),
        width: '80px',
        isNumber: true,
        sortBy: row => row.traffic.errorShare,
        render: row => format.percent(row.traffic.errorShare),
      },
      {
        id: 'p95',
        title: t('table.p95'),
        width: '80px',
        isNumber: true,
        sortBy: row => row.traffic.p95Milliseconds,
        render: row => format.milliseconds(row.traffic.p95Milliseconds),
      },
      {
        id: 'mtls',
        title: t('table.mtls'),
        width: '80px',
        isNumber: true,
        sortBy: row => row.traffic.mutualTlsShare,
        render: row => format.percent(row.traffic.mutualTlsShare),
      },
      {
        id: 'sent',
        title: t('table.sent'),
        width: '90px',
        isNumber: true,
        sortBy: row => bytesOf(row).sent,
        render: row => format.bytesPerSecond(bytesOf(row).sent),
      },
      {
        id: 'received',
        title: t('table.received'),
        width: '90px',
        isNumber: true,
        sortBy: row => bytesOf(row).received,
        render: row => format.bytesPerSecond(bytesOf(row).received),
      },
      {
        id: 'layer',
        title: t('table.layer'),
        width: '60px',
        sortBy: row => row.layer,
        render: row => row.layer?.toLocaleUpperCase('en-US') ?? '–',
      },
      {
        id: 'reporter',
        title: t('table.reporter'),
        width: '90px',
        sortBy: row => row.reporter,
        render: row => t(`panel.${row.reporter}`),
      },
      {
        id: 'disagreement',
        title: t('table.disagreement'),
        width: '110px',
        isNumber: true,
        sortBy: row => row.disagreement,
        render: row => format.percent(row.disagreement),
      },
    ],
    [t, format],
  );
  return (
    <GridTable
      label={t('table.edges')}
      rows={rows}
      columns={columns}
      initialSort="errors"
      selected={selected}
      onSelect={onSelect}
      found={props.found?.edges}
    />
  );
}
