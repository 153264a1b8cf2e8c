import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Select, Switch } from '@backstage/ui';
import { RiLink } from '@remixicon/react';
import { useEffect, useState } from 'react';
import type { EdgeLabel } from '../../canvas';
import type { MeshView } from '../../hooks/useMeshView';
import { meshTranslationRef } from '../../translation';

const COPIED_MILLISECONDS = 2000;

/** What the mesh page adds to the shared scope bar. */
export function MeshToolbar(props: { view: MeshView }) {
  const { view } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const labels: Record<EdgeLabel, string> = {
    rate: t('toolbar.labelRate'),
    errors: t('toolbar.labelErrors'),
    p95: t('toolbar.labelP95'),
    none: t('toolbar.labelNone'),
  };
  const types = (['workload', 'app', 'versionedApp', 'service'] as const).map(
    id => ({ id, label: t(`toolbar.${id}`) }),
  );
  return (
    <>
      <Select
        size="small"
        aria-label={t('toolbar.graphType')}
        options={types}
        value={view.graphType}
        onChange={key => view.setGraphType(String(key))}
      />
      <Select
        size="small"
        aria-label={t('toolbar.edgeLabel')}
        options={Object.entries(labels).map(([id, label]) => ({ id, label }))}
        value={view.edgeLabel}
        onChange={key => view.setEdgeLabel(String(key))}
      />
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
      <Switch
        label={t('toolbar.traffic')}
        isSelected={view.showTraffic}
        onChange={view.setShowTraffic}
      />
      <CopyLink />
    </>
  );
}

/** The page's URL says everything about it, so a link is the whole view. */
function CopyLink() {
  const { t } = useTranslationRef(meshTranslationRef);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    const timer =
      isCopied && setTimeout(() => setCopied(false), COPIED_MILLISECONDS);
    return () => clearTimeout(timer || undefined);
  }, [isCopied]);
  return (
    <Button
      size="small"
      variant="secondary"
      iconStart={<RiLink />}
      onPress={() =>
        navigator.clipboard
          .writeText(window.location.href)
          .then(() => setCopied(true))
      }
    >
      {isCopied ? t('toolbar.copied') : t('toolbar.copyLink')}
    </Button>
  );
}
