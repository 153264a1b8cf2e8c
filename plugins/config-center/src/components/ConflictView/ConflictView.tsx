import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type { ValueKind } from '@orrery/backstage-plugin-config-center-common';
import { useEffect, useRef, useState } from 'react';
import { configTranslationRef } from '../../translation';
import { BASIC, languageOf } from '../ValueEditor';
import styles from './ConflictView.module.css';

/** Theirs and mine beside each other; mine can be edited and merged by hand. */
export function ConflictView(props: {
  keyName: string;
  kind: ValueKind;
  /** Undefined where somebody has deleted the key. */
  theirs: { text: string; modifyIndex: number; isMasked: boolean } | undefined;
  mine: string;
  onTakeTheirs: () => void;
  /** Goes on with the merged text. */
  onKeep: (text: string) => void;
}) {
  const { keyName, kind, theirs, mine, onTakeTheirs, onKeep } = props;
  const { t } = useTranslationRef(configTranslationRef);
  const hostRef = useRef<HTMLDivElement>(null);
  const [merged, setMerged] = useState(mine);
  const first = useRef(mine);
  const theirText = theirs?.text ?? '';
  const index = String(theirs?.modifyIndex ?? 0);
  const labels = useRef({ theirs: '', mine: '', take: '' });
  labels.current = {
    theirs: t('conflict.theirs', { index }),
    mine: t('conflict.mine'),
    take: t('conflict.take'),
  };

  useEffect(() => {
    const host = hostRef.current;
    if (!host) {
      return undefined;
    }
    const view = new MergeView({
      parent: host,
      a: {
        doc: theirText,
        extensions: [
          BASIC,
          languageOf(kind),
          EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({
            'aria-label': labels.current.theirs,
          }),
        ],
      },
      b: {
        doc: first.current,
        extensions: [
          BASIC,
          languageOf(kind),
          EditorView.contentAttributes.of({
            'aria-label': labels.current.mine,
          }),
          EditorView.updateListener.of(update => {
            if (update.docChanged) {
              first.current = update.state.doc.toString();
              setMerged(first.current);
            }
          }),
        ],
      },
      revertControls: 'a-to-b',
      renderRevertControl: () => {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = '→';
        button.title = labels.current.take;
        button.setAttribute('aria-label', labels.current.take);
        return button;
      },
    });
    return () => view.destroy();
  }, [theirText, kind]);

  return (
    <div className={styles.conflict} role="region" aria-label={keyName}>
      <div role="alert">
        <Alert
          status="warning"
          icon
          title={t(theirs ? 'conflict.title' : 'conflict.gone', {
            key: keyName,
          })}
          description={t(
            theirs?.isMasked ? 'conflict.masked' : 'conflict.help',
          )}
        />
      </div>
      <div className={styles.heads}>
        <span>{t('conflict.theirs', { index })}</span>
        <span>{t('conflict.mine')}</span>
      </div>
      <div ref={hostRef} className={styles.merge} />
      <div className={styles.buttons}>
        <Button onPress={() => onKeep(merged)}>{t('conflict.keepMine')}</Button>
        <Button variant="secondary" onPress={onTakeTheirs}>
          {t('conflict.takeTheirs')}
        </Button>
      </div>
    </div>
  );
}
