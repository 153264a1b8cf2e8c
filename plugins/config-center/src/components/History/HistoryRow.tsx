import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { ConfigChange } from '@orrery/backstage-plugin-config-center-common';
import { TextDiff, useFormat } from '@orrery/backstage-plugin-orrery-react';
import { Fragment, useState } from 'react';
import { nameOf } from '../../model/serviceName';
import { configTranslationRef } from '../../translation';
import styles from './History.module.css';

const COLUMNS = 6;

/** One change, with the difference on demand. */
export function HistoryRow(props: {
  change: ConfigChange;
  showsKey: boolean;
  /** Absent where it is what the key is now, or may not be restored. */
  onRestore: (() => void) | undefined;
}) {
  const { change, showsKey, onRestore } = props;
  const { t } = useTranslationRef(configTranslationRef);
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const { key, at, before = '', after = '' } = change;
  const instant = format.instant(at);
  return (
    <Fragment>
      <tr>
        <td title={instant}>{format.ago(at, Date.now())}</td>
        {showsKey && <td className={styles.key}>{key}</td>}
        <td>{t(`history.change.${change.change}`)}</td>
        <td>
          {change.actor === undefined ? (
            <Outside manager={change.manager} />
          ) : (
            <span title={change.actor}>{nameOf(change.actor)}</span>
          )}
        </td>
        <td className={styles.why}>{change.reason}</td>
        <td className={styles.verbs}>
          <Button
            size="small"
            variant="tertiary"
            aria-expanded={isOpen}
            aria-label={t('history.showOf', { key, at: instant })}
            onPress={() => setOpen(!isOpen)}
          >
            {t(isOpen ? 'history.hideChange' : 'history.show')}
          </Button>
          {onRestore && (
            <Button
              size="small"
              variant="secondary"
              aria-label={t('history.restoreOf', { key, at: instant })}
              onPress={onRestore}
            >
              {t('history.restore')}
            </Button>
          )}
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={COLUMNS}>
            {change.isMasked && (
              <p className={styles.masked}>{t('history.masked')}</p>
            )}
            <TextDiff before={before} after={after} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

/** Nobody told who it was; an API server knows at least with what. */
function Outside(props: { manager: string | undefined }) {
  const { manager } = props;
  const { t } = useTranslationRef(configTranslationRef);
  return manager === undefined ? (
    <span title={t('history.outsideHelp')}>{t('history.outside')}</span>
  ) : (
    <span title={t('history.managerHelp')}>
      {t('history.outsideBy', { manager })}
    </span>
  );
}
