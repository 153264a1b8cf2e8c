import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import { EDGE_LABELS } from '../../canvas';
import type { MeshView } from '../../hooks/useMeshView';
import { meshTranslationRef } from '../../translation';
import { CopyLink } from './CopyLink';
import { ShowMenu } from './ShowMenu';

const GRAPH_TYPES = ['workload', 'app', 'versionedApp', 'service'] as const;

/**
 * What the mesh page adds to the shared scope bar: only what changes the
 * present view is there.
 */
export function MeshToolbar(props: { view: MeshView }) {
  const { view } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const isGraph = view.display !== 'control-plane';
  return (
    <>
      <Select
        size="small"
        aria-label={t('toolbar.view')}
        options={[
          { id: 'graph', label: t('toolbar.canvas') },
          { id: 'table', label: t('toolbar.table') },
          { id: 'control-plane', label: t('toolbar.controlPlane') },
        ]}
        value={view.display}
        onChange={key => view.setDisplay(String(key))}
      />
      {isGraph && (
        <Select
          size="small"
          aria-label={t('toolbar.graphType')}
          options={GRAPH_TYPES.map(id => ({ id, label: t(`toolbar.${id}`) }))}
          value={view.graphType}
          onChange={key => view.setGraphType(String(key))}
        />
      )}
      {view.display === 'graph' && (
        <Select
          size="small"
          aria-label={t('toolbar.edgeLabel')}
          options={EDGE_LABELS.map(id => ({
            id,
            label: t(`toolbar.label.${id}`),
          }))}
          value={view.edgeLabel}
          onChange={key => view.setEdgeLabel(String(key))}
        />
      )}
      {isGraph && <ShowMenu view={view} />}
      <CopyLink />
    </>
  );
}
