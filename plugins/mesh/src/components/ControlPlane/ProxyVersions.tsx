import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ControlPlane } from '@orrery/backstage-plugin-mesh-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { meshTranslationRef } from '../../translation';
import { PlaneTable } from './PlaneTable';

/** Versions that connected proxies run; more than one is skew. */
export function ProxyVersions(props: {
  versions: ControlPlane['proxyVersions'];
}) {
  const { versions } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const total = versions.reduce((sum, { proxies }) => sum + proxies, 0);
  return (
    <PlaneTable
      title={t('plane.proxyVersions')}
      note={
        versions.length > 1 &&
        t('plane.skew', { number: format.number(versions.length) })
      }
      empty={t('plane.proxyVersionsUnknown')}
      columns={[
        { title: t('plane.version') },
        { title: t('plane.proxies'), isNumber: true },
        { title: t('plane.share'), isNumber: true },
      ]}
      rows={versions.map(({ version, proxies }) => ({
        key: version,
        cells: [
          version,
          format.number(proxies),
          format.percent(total > 0 ? proxies / total : undefined),
        ],
      }))}
    />
  );
}
