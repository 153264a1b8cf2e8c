import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { BuildBranch } from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { Button } from '@backstage/ui';
import { deliveryTranslationRef } from '../../translation';
import styles from './Builds.module.css';
import { BuildStateMark } from './BuildStateMark';

const FIRST = 6;

/** @public */
export type BuildBranchesProps = {
  branches: readonly BuildBranch[];
  /** Name of the branch whose builds are shown. */
  chosen: string | undefined;
  onChoose: (name: string) => void;
};

/** The branches that a multibranch job builds, each with its last build. */
export function BuildBranches(props: BuildBranchesProps) {
  const { branches, chosen, onChoose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const [isAll, setAll] = useState(false);
  const shown = branches.filter(
    ({ name }, index) => isAll || index < FIRST || name === chosen,
  );
  return (
    <section aria-label={t('build.branches')}>
      <h3 className={styles.heading}>{t('build.branches')}</h3>
      <ul className={styles.queue}>
        {shown.map(({ name, title, isPrimary, lastBuild }) => (
          <li key={name} className={styles.waiting}>
            <button
              type="button"
              className={styles.toggle}
              aria-pressed={name === chosen}
              onClick={() => onChoose(name)}
            >
              <span aria-hidden="true">{name === chosen ? '●' : '○'}</span>{' '}
              {title}
            </button>
            {isPrimary && (
              <span className={styles.small}>{t('build.primaryBranch')}</span>
            )}
            {lastBuild ? (
              <>
                <span>
                  <BuildStateMark state={lastBuild.state} /> #{lastBuild.number}
                </span>
                {lastBuild.startedAt && (
                  <span
                    className={styles.small}
                    title={format.instant(lastBuild.startedAt)}
                  >
                    {format.ago(lastBuild.startedAt, Date.now())}
                  </span>
                )}
              </>
            ) : (
              <span className={styles.small}>{t('build.neverBuilt')}</span>
            )}
          </li>
        ))}
      </ul>
      {branches.length > FIRST && (
        <Button
          size="small"
          variant="tertiary"
          onPress={() => setAll(before => !before)}
        >
          {isAll
            ? t('build.fewer')
            : t('build.moreBranches', {
                number: String(branches.length - shown.length),
              })}
        </Button>
      )}
    </section>
  );
}
