import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ValueProblem } from '@orrery/backstage-plugin-config-center-common';
import { RiAlertLine, RiCloseCircleLine } from '@remixicon/react';
import { configTranslationRef } from '../../translation';
import styles from './KeyPanel.module.css';

const MOST = 5;

/** What is wrong with a value, and where. */
export function ProblemList(props: { problems: readonly ValueProblem[] }) {
  const { t } = useTranslationRef(configTranslationRef);
  return (
    <ul className={styles.problems} aria-live="polite">
      {props.problems.slice(0, MOST).map(problem => (
        <li
          key={`${problem.from} ${problem.message}`}
          className={styles.problem}
          data-severity={problem.severity}
        >
          {problem.severity === 'error' ? (
            <RiCloseCircleLine aria-hidden="true" />
          ) : (
            <RiAlertLine aria-hidden="true" />
          )}
          <span className={styles.small}>
            {t('key.place', {
              line: String(problem.line),
              column: String(problem.column),
            })}
          </span>
          <span>{problem.message}</span>
        </li>
      ))}
    </ul>
  );
}
