import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { FindError } from '@orrery/backstage-plugin-mesh-common';
import { meshTranslationRef } from '../../translation';
import styles from './FindBar.module.css';

const AROUND = 32;
const MOST_EXPECTED = 8;

/** The part of a text around a mistake, and the caret for the line below it. */
export function excerptOf(
  text: string,
  error: { from: number; to: number },
): { line: string; caret: string } {
  const start = error.from > AROUND ? error.from - AROUND : 0;
  const end = Math.min(text.length, error.from + AROUND);
  const before = start > 0 ? '…' : '';
  const after = end < text.length ? '…' : '';
  // One character each, whatever it was: a tab or line break would move the caret.
  const line = `${before}${text.slice(start, end).replace(/\s/g, ' ')}${after}`;
  const length = Math.max(1, Math.min(error.to, end) - error.from);
  const indent = before.length + error.from - start;
  return { line, caret: `${' '.repeat(indent)}${'^'.repeat(length)}` };
}

/** What is wrong with an expression, where, and what would be right. */
export function FindProblem(props: {
  id: string;
  text: string;
  error: FindError | undefined;
}) {
  const { id, text, error } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const excerpt = error && excerptOf(text, error);
  const expected = error?.expected.slice(0, MOST_EXPECTED) ?? [];
  return (
    <div id={id} aria-live="polite" className={styles.problem}>
      {error && excerpt && (
        <>
          <pre className={styles.excerpt} aria-hidden="true">
            {`${excerpt.line}\n${excerpt.caret}`}
          </pre>
          <p className={styles.reason}>
            {t(`find.error.${error.code}`)}{' '}
            {expected.length > 0 &&
              t('find.expected', {
                list:
                  expected.join(', ') +
                  (expected.length < error.expected.length ? ', …' : ''),
              })}{' '}
            {t('find.place', { place: String(error.from + 1) })}
          </p>
        </>
      )}
    </div>
  );
}
