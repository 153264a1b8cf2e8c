import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  describeFindLanguage,
  type FindHelpRow,
} from '@orrery/backstage-plugin-mesh-common';
import { useMemo } from 'react';
import { meshTranslationRef } from '../../translation';
import styles from './FindBar.module.css';

const GROUPS = ['node', 'edge', 'both', 'function'] as const;
/** A part that scrolls must be reachable by keyboard. */
const SCROLLING = { tabIndex: 0 };

/** What an operand is compared with. */
function useValues(): (row: FindHelpRow) => string {
  const { t } = useTranslationRef(meshTranslationRef);
  return row => {
    if (row.choices) {
      return row.choices.join(', ');
    }
    return row.unit ? t(`find.unit.${row.unit}`) : t(`find.kind.${row.kind}`);
  };
}

/** Every operand and function of the language, each with an example. */
export function FindHelpTables() {
  const { t } = useTranslationRef(meshTranslationRef);
  const valuesOf = useValues();
  const rows = useMemo(describeFindLanguage, []);
  return (
    <div className={styles.help} {...SCROLLING}>
      <p>{t('find.helpIntroduction')}</p>
      <p>
        <code>= != ^= $= *= &lt; &lt;= &gt; &gt;= ~= !~</code>{' '}
        {t('find.helpOperators')}
      </p>
      <p>{t('find.helpUnknown')}</p>
      {GROUPS.map(group => (
        <table key={group} className={styles.helpTable}>
          <caption>{t(`find.group.${group}`)}</caption>
          <thead>
            <tr>
              <th scope="col">{t('find.helpName')}</th>
              <th scope="col">{t('find.helpValue')}</th>
              <th scope="col">{t('find.helpExample')}</th>
            </tr>
          </thead>
          <tbody>
            {rows
              .filter(row => row.group === group)
              .map(row => (
                <tr key={row.names[0]}>
                  <th scope="row">
                    <code>{row.names.join(' | ')}</code>
                  </th>
                  <td>{valuesOf(row)}</td>
                  <td>
                    <code>{row.example}</code>
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
