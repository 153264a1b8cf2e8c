import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ConfigEntry,
  ValueKind,
} from '@orrery/backstage-plugin-config-center-common';
import { configTranslationRef } from '../../translation';
import styles from './KeyPanel.module.css';

/** A key's name, kind and place in Consul's history. */
export function KeyHead(props: {
  keyName: string;
  kind: ValueKind;
  entry: ConfigEntry | undefined;
}) {
  const { keyName, kind, entry } = props;
  const { t } = useTranslationRef(configTranslationRef);
  return (
    <header className={styles.head}>
      <h2 className={styles.name}>{keyName}</h2>
      <span className={styles.small}>{t(`key.kind.${kind}`)}</span>
      {entry && (
        <>
          <span className={styles.small}>
            {t('key.bytes', { bytes: String(entry.bytes) })}
          </span>
          <span className={styles.small}>
            {t('key.index', { index: String(entry.modifyIndex) })}
          </span>
          {entry.lockedBy && (
            <span className={styles.small}>
              {t('key.locked', { session: entry.lockedBy })}
            </span>
          )}
        </>
      )}
    </header>
  );
}
