import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, DialogTrigger, Popover } from '@backstage/ui';
import { RiQuestionLine } from '@remixicon/react';
import { lazy, Suspense } from 'react';
import { meshTranslationRef } from '../../translation';
import styles from './FindBar.module.css';

const FindHelpTables = lazy(async () => ({
  default: (await import('./FindHelpTables')).FindHelpTables,
}));

/** The whole language on a card that is fetched when it is opened. */
export function FindHelp() {
  const { t } = useTranslationRef(meshTranslationRef);
  return (
    <DialogTrigger>
      <ButtonIcon
        size="small"
        variant="tertiary"
        icon={<RiQuestionLine />}
        aria-label={t('find.help')}
      />
      <Popover placement="bottom end" aria-label={t('find.help')}>
        <Suspense fallback={<div className={styles.help} aria-busy="true" />}>
          <FindHelpTables />
        </Suspense>
      </Popover>
    </DialogTrigger>
  );
}
