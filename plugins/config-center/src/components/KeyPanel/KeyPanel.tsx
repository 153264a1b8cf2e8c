import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Skeleton } from '@backstage/ui';
import {
  checkValue,
  type ConfigEntry,
  type PrefixSchema,
} from '@orrery/backstage-plugin-config-center-common';
import { ActionDialog } from '@orrery/backstage-plugin-orrery-react';
import { useEffect, useMemo, useState } from 'react';
import { configApiRef } from '../../api';
import { useKeyValue } from '../../hooks/useKeyValue';
import { useReveal } from '../../hooks/useReveal';
import { isConflict, type Draft } from '../../model/drafts';
import { configTranslationRef } from '../../translation';
import { ConflictView } from '../ConflictView';
import { History } from '../History';
import { ValueEditor } from '../ValueEditor';
import { KeyHead } from './KeyHead';
import styles from './KeyPanel.module.css';
import { MaskNote } from './MaskNote';
import { ProblemList } from './ProblemList';

/** What the viewer may do here. */
export type WriteAccess = {
  isAllowed: boolean;
  needsApproval: boolean;
  reason?: string;
};

/** One key: its value, a draft of another one, and its history. */
export function KeyPanel(props: {
  service: string;
  keyName: string;
  /** Undefined where there is no such key, or not yet. */
  entry: ConfigEntry | undefined;
  schema: PrefixSchema;
  draft: Draft | undefined;
  access: WriteAccess;
  onDraft: (draft: Draft | undefined) => void;
  /** Another name is wanted for the key as it is. */
  onMove: (modifyIndex: number) => void;
}) {
  const { service, keyName, entry, schema, draft, access, onDraft, onMove } =
    props;
  const { t } = useTranslationRef(configTranslationRef);
  const api = useApi(configApiRef);
  const asked = useKeyValue(service, keyName, entry?.modifyIndex);
  const value = entry ? asked.value : undefined;
  const reveal = useReveal(service, keyName, entry?.modifyIndex ?? 0);
  const [dialog, setDialog] = useState<'set' | 'delete'>();
  const [startIndex, setStartIndex] = useState(0);
  const shown = reveal.text ?? value?.text ?? '';
  const isMasked = value?.isMasked === true && reveal.text === undefined;
  const text = draft?.text ?? shown;
  const { kind, problems } = useMemo(() => {
    const checked = checkValue(keyName, text);
    return {
      kind: checked.kind,
      problems: [
        ...checked.problems,
        ...schema.check(keyName, checked.kind, text),
      ],
    };
  }, [keyName, text, schema]);
  const present = value && {
    modifyIndex: value.entry.modifyIndex,
    value,
  };
  const isStale = isConflict(draft, entry ? present : undefined);
  // A value that is on its way is no conflict yet.
  const conflict = isStale && (!entry || present !== undefined);
  const isBinary = entry?.kind === 'binary';
  const isError = problems.some(({ severity }) => severity === 'error');

  const change = (next: string) => {
    const base = draft?.baseIndex ?? entry?.modifyIndex ?? 0;
    onDraft(
      next === shown && entry ? undefined : { text: next, baseIndex: base },
    );
  };
  const open = (which: 'set' | 'delete') => {
    setStartIndex(entry?.modifyIndex ?? 0);
    setDialog(which);
  };
  const close = () => {
    setDialog(undefined);
    const index = entry?.modifyIndex ?? 0;
    if (dialog === 'set' && index !== startIndex && value?.isMasked) {
      // Masked values are alike; the history knows whether it was written here.
      api.history(service, { key: keyName }).then(
        ({ changes: [newest] }) => {
          if (newest?.by === 'orrery' && newest.modifyIndex === index) {
            onDraft(undefined);
          }
        },
        () => undefined,
      );
    }
  };

  const isWritten =
    draft !== undefined &&
    !dialog &&
    value?.text === draft.text &&
    value.entry.modifyIndex !== draft.baseIndex;
  useEffect(() => {
    if (isWritten) {
      onDraft(undefined);
    }
  }, [isWritten, onDraft]);

  if (!entry && !draft) {
    return <p className={styles.note}>{t('key.gone')}</p>;
  }
  return (
    <div className={styles.panel}>
      <KeyHead keyName={keyName} kind={entry?.kind ?? kind} entry={entry} />
      {asked.error && entry && (
        <div role="alert">
          <Alert status="danger" icon title={asked.error.message} />
        </div>
      )}
      {entry && !value && !asked.error && (
        <div role="status" aria-label={t('key.asking')}>
          <Skeleton height={160} />
        </div>
      )}
      {isBinary && <p className={styles.note}>{t('key.binary')}</p>}
      {value?.isMasked && !draft && (
        <MaskNote
          isShown={reveal.text !== undefined}
          isAsking={reveal.isAsking}
          error={reveal.error}
          canWrite={access.isAllowed}
          onReveal={reveal.reveal}
          onHide={reveal.hide}
          onReplace={() =>
            onDraft({ text: '', baseIndex: entry?.modifyIndex ?? 0 })
          }
        />
      )}
      {conflict && draft && !dialog && (
        <ConflictView
          keyName={keyName}
          kind={kind}
          theirs={
            entry &&
            value && {
              text: shown,
              modifyIndex: value.entry.modifyIndex,
              isMasked,
            }
          }
          mine={draft.text}
          onTakeTheirs={() => onDraft(undefined)}
          onKeep={merged =>
            onDraft({ text: merged, baseIndex: entry?.modifyIndex ?? 0 })
          }
        />
      )}
      {!isBinary && (value || draft) && (!conflict || dialog) && (
        <>
          <ValueEditor
            text={text}
            kind={kind}
            label={t('key.label', { key: keyName })}
            problems={problems}
            isReadOnly={!access.isAllowed || (isMasked && !draft)}
            onChange={change}
          />
          <ProblemList problems={problems} />
        </>
      )}
      {!access.isAllowed && access.reason !== undefined && (
        <p className={styles.note}>
          {t('key.readOnly', { reason: access.reason })}
        </p>
      )}
      {access.isAllowed && !conflict && (
        <div className={styles.buttons}>
          <Button isDisabled={!draft || isError} onPress={() => open('set')}>
            {t('key.review')}
          </Button>
          {draft && (
            <Button variant="secondary" onPress={() => onDraft(undefined)}>
              {t('key.discard')}
            </Button>
          )}
          {access.needsApproval && (
            <span className={styles.small}>{t('key.needsApproval')}</span>
          )}
          {entry && !draft && !isBinary && (
            <Button
              variant="tertiary"
              onPress={() => onMove(entry.modifyIndex)}
            >
              {t('key.move', { key: keyName })}
            </Button>
          )}
          {entry && (
            <Button
              variant="tertiary"
              className={styles.last}
              onPress={() => open('delete')}
            >
              {t('key.delete', { key: keyName })}
            </Button>
          )}
        </div>
      )}
      {entry && (
        <History
          service={service}
          keyName={keyName}
          access={access}
          version={entry.modifyIndex}
        />
      )}
      {dialog === 'set' && draft && (
        <ActionDialog
          title={t('key.save', { key: keyName })}
          pluginId="config-center"
          action="set-key"
          input={{
            service,
            key: keyName,
            value: draft.text,
            modifyIndex: draft.baseIndex,
          }}
          onClose={close}
          width={760}
        />
      )}
      {dialog === 'delete' && (
        <ActionDialog
          title={t('key.delete', { key: keyName })}
          pluginId="config-center"
          action="delete-key"
          input={{ service, key: keyName, modifyIndex: startIndex }}
          onClose={close}
        />
      )}
    </div>
  );
}
