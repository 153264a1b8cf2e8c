import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import { diffLines } from 'diff';
import { useMemo } from 'react';
import { orreryReactTranslationRef } from '../../translation';
import styles from './TextDiff.module.css';

const CONTEXT_LINES = 3;
/** A part that scrolls must be reachable by keyboard, though nothing in it can be pressed. */
const SCROLLING = { role: 'group', tabIndex: 0 };

type Line = { kind: 'added' | 'removed' | 'same' | 'skipped'; text: string };

/** Lines of both texts, with long equal stretches folded. */
export function foldedDiff(before: string, after: string): Line[] {
  const parts = diffLines(before, after);
  return parts.flatMap((part, index): Line[] => {
    const lines = part.value.replace(/\n$/, '').split('\n');
    if (part.added || part.removed) {
      return lines.map(text => ({
        kind: part.added ? 'added' : 'removed',
        text,
      }));
    }
    const head = index === 0 ? 0 : CONTEXT_LINES;
    const tail = index === parts.length - 1 ? 0 : CONTEXT_LINES;
    if (lines.length <= head + tail + 1) {
      return lines.map(text => ({ kind: 'same', text }));
    }
    return [
      ...lines.slice(0, head).map(text => ({ kind: 'same' as const, text })),
      { kind: 'skipped', text: `… ${lines.length - head - tail}` },
      ...lines
        .slice(lines.length - tail)
        .map(text => ({ kind: 'same' as const, text })),
    ];
  });
}

/** @public */
export type TextDiffProps = { before: string; after: string };

/** What a text would become, line by line. @public */
export function TextDiff(props: TextDiffProps) {
  const { t } = useTranslationRef(orreryReactTranslationRef);
  const { before, after } = props;
  const lines = useMemo(() => foldedDiff(before, after), [before, after]);
  const signs = { added: '+', removed: '−', same: ' ', skipped: ' ' };
  return (
    <pre className={styles.diff} {...SCROLLING} aria-label={t('action.change')}>
      {lines.map((line, index) => (
        <div key={index} className={styles.line} data-kind={line.kind}>
          <span aria-hidden="true" className={styles.sign}>
            {signs[line.kind]}
          </span>
          {line.kind === 'added' && (
            <VisuallyHidden>{t('action.added')}</VisuallyHidden>
          )}
          {line.kind === 'removed' && (
            <VisuallyHidden>{t('action.removed')}</VisuallyHidden>
          )}
          {line.text}
        </div>
      ))}
    </pre>
  );
}
