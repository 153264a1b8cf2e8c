import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReactNode } from 'react';
import { deliveryTranslationRef } from '../../translation';
import styles from './DeliveryStrip.module.css';

/** @public */
export type StripPartProps = {
  /** What it is about, or a link to it. */
  name: ReactNode;
  value: ReactNode;
  /** Undefined where the value is known. */
  reason: string | undefined;
  children?: ReactNode;
};

/** One station between commit and live; unknown says why. */
export function StripPart(props: StripPartProps) {
  const { name, value, reason, children } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <div className={styles.part}>
      <div className={styles.name}>{name}</div>
      <div className={styles.value}>
        {reason === undefined ? value : `? ${t('strip.unknown')}`}
      </div>
      <div className={styles.small}>{reason ?? children}</div>
    </div>
  );
}
