import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ControlPlaneRevision } from '@orrery/backstage-plugin-mesh-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { meshTranslationRef } from '../../translation';
import styles from './ControlPlane.module.css';
import { PlaneTable } from './PlaneTable';

/** The revisions of istiod, and whom they serve. */
export function Revisions(props: {
  revisions: readonly ControlPlaneRevision[];
}) {
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  return (
    <PlaneTable
      isWide
      title={t('plane.revisions')}
      empty={t('plane.noIstiod')}
      columns={[
        { title: t('plane.revision') },
        { title: t('plane.version') },
        { title: t('plane.podsReady'), isNumber: true },
        { title: t('plane.connected'), isNumber: true },
        { title: t('plane.synced'), isNumber: true },
        { title: t('plane.namespaces') },
      ]}
      rows={props.revisions.map(revision => {
        const { pods, proxies, versions, namespaces } = revision;
        const unknown = t('plane.unknown');
        const count = (value: number | undefined) =>
          value === undefined ? unknown : format.number(value);
        return {
          key: revision.revision,
          cells: [
            revision.revision,
            pods.total === 0 ? (
              <span className={styles.note}>{t('plane.perhapsTag')}</span>
            ) : (
              versions.join(', ') || unknown
            ),
            t('plane.ofTotal', {
              part: format.number(pods.ready),
              total: format.number(pods.total),
            }),
            pods.total === 0 ? '–' : count(proxies?.connected),
            pods.total === 0 ? '–' : count(proxies?.synced),
            namespaces.join(', ') || t('plane.noNamespace'),
          ],
        };
      })}
    />
  );
}
