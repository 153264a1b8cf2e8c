import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ControlPlane } from '@orrery/backstage-plugin-mesh-common';
import { HealthMark } from '@orrery/backstage-plugin-orrery-react';
import { useId } from 'react';
import { meshTranslationRef } from '../../translation';
import { Behind } from './Behind';
import { Certificates } from './Certificates';
import styles from './ControlPlane.module.css';
import { Figures } from './Figures';
import { ProxyVersions } from './ProxyVersions';
import { Refusals } from './Refusals';
import { Revisions } from './Revisions';

/** The control plane of one cluster: its verdict first, then what it rests on. */
export function ClusterControlPlane(props: {
  plane: ControlPlane;
  /** When it was read, RFC 3339. */
  at: string;
}) {
  const { plane, at } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const headingId = useId();
  return (
    <section className={styles.cluster} aria-labelledby={headingId}>
      <header className={styles.header}>
        <h2 className={styles.title} id={headingId}>
          {plane.cluster}
        </h2>
        <HealthMark state={plane.health.state} showWord />
      </header>
      {plane.health.reasons.length > 0 && (
        <ul className={styles.reasons} data-state={plane.health.state}>
          {plane.health.reasons.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {plane.revisions.length === 0 ? (
        <div className={styles.empty}>
          <strong>{t('plane.noIstiod')}</strong>
          <p>{t('plane.noIstiodHelp')}</p>
        </div>
      ) : (
        <>
          <Figures plane={plane} />
          <div className={styles.columns}>
            <Revisions revisions={plane.revisions} />
            <ProxyVersions versions={plane.proxyVersions} />
            <Certificates certificates={plane.certificates} at={at} />
            <Refusals plane={plane} />
          </div>
          <Behind plane={plane} />
        </>
      )}
    </section>
  );
}
