import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { GraphNode } from '@orrery/backstage-plugin-mesh-common';
import { healthStateSchema } from '@orrery/backstage-plugin-orrery-common';
import { HealthMark, useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { nodeText } from '../../model/words';
import { meshTranslationRef } from '../../translation';
import { GridTable, type GridColumn } from './GridTable';
import type { MeshTablesProps } from './MeshTables';

/** Every node with what it is asked, the most failing first. */
export function NodeTable(props: MeshTablesProps) {
  const { graph, selected, onSelect } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const isOfSeveral = (graph.clusters?.length ?? 0) > 1;
  const columns = useMemo(
    (): GridColumn<GraphNode>[] => [
      {
        id: 'name',
        title: t('table.name'),
        width: 'minmax(140px, 2fr)',
        sortBy: node => nodeText(node),
        render: node => nodeText(node),
      },
      ...(isOfSeveral
        ? [
            {
              id: 'cluster',
              title: t('table.cluster'),
              width: 'minmax(90px, 1fr)',
              sortBy: (node: GraphNode) => node.cluster,
              render: (node: GraphNode) => node.cluster,
            },
          ]
        : []),
      {
        id: 'namespace',
        title: t('table.namespace'),
        width: 'minmax(100px, 1fr)',
        sortBy: node => node.namespace,
        render: node => node.namespace ?? '–',
      },
      {
        id: 'health',
        title: t('table.health'),
        width: '110px',
        sortBy: node => healthStateSchema.options.indexOf(node.health.state),
        render: node => <HealthMark state={node.health.state} showWord />,
      },
      {
        id: 'rate',
        title: t('table.rate'),
        width: '90px',
        isNumber: true,
        sortBy: node => node.inbound.requestsPerSecond,
        render: node => format.rate(node.inbound.requestsPerSecond),
      },
      {
        id: 'errors',
        title: t('table.errors'),
        width: '80px',
        isNumber: true,
        sortBy: node => node.inbound.errorShare,
        render: node => format.percent(node.inbound.errorShare),
      },
      {
        id: 'p95',
        title: t('table.p95'),
        width: '80px',
        isNumber: true,
        sortBy: node => node.inbound.p95Milliseconds,
        render: node => format.milliseconds(node.inbound.p95Milliseconds),
      },
      {
        id: 'pods',
        title: t('table.pods'),
        width: '70px',
        isNumber: true,
        sortBy: node => node.pods?.available,
        render: node =>
          node.pods ? `${node.pods.available}/${node.pods.desired}` : '–',
      },
      {
        id: 'versions',
        title: t('table.versions'),
        width: 'minmax(80px, 1fr)',
        sortBy: node => node.versions.join(' '),
        render: node => node.versions.join(', ') || '–',
      },
      {
        id: 'dataPlane',
        title: t('table.dataPlane'),
        width: '120px',
        sortBy: node => node.dataPlane,
        render: node => t(`table.plane.${node.dataPlane}`),
      },
      {
        id: 'layer',
        title: t('table.layer'),
        width: '60px',
        sortBy: node => node.layer,
        render: node => node.layer?.toLocaleUpperCase('en-US') ?? '–',
      },
      {
        id: 'mtls',
        title: t('table.mtls'),
        width: 'minmax(110px, 1fr)',
        sortBy: node => node.mutualTls?.mode,
        render: node =>
          node.mutualTls ? t(`panel.mtlsMode.${node.mutualTls.mode}`) : '–',
      },
      {
        id: 'revision',
        title: t('table.revision'),
        width: '100px',
        sortBy: node => node.revision,
        render: node => node.revision ?? '–',
      },
      {
        id: 'proxy',
        title: t('table.proxy'),
        width: 'minmax(80px, 1fr)',
        sortBy: node => node.proxies?.versions.join(' '),
        render: node => node.proxies?.versions.join(', ') || '–',
      },
    ],
    [t, format, isOfSeveral],
  );
  return (
    <GridTable
      label={t('table.nodes')}
      rows={graph.nodes}
      columns={columns}
      initialSort="errors"
      selected={selected}
      onSelect={onSelect}
      found={props.found?.nodes}
    />
  );
}
