import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, SearchField } from '@backstage/ui';
import type {
  ConfigEntry,
  ConfigTree,
} from '@orrery/backstage-plugin-config-center-common';
import { useUrlParameter } from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSchema } from '../../hooks/useSchema';
import { withDraft, type Draft, type Drafts } from '../../model/drafts';
import { configTranslationRef } from '../../translation';
import {
  KeyPanel,
  MoveKeyDialog,
  type KeyMove,
  type WriteAccess,
} from '../KeyPanel';
import { KeyTree } from '../KeyTree';
import styles from './ConfigView.module.css';
import { NewKey } from './NewKey';

/** A key that is being written and not there yet, as the tree shows it. */
function newEntry(key: string): ConfigEntry {
  return {
    key,
    kind: 'text',
    bytes: 0,
    modifyIndex: 0,
    createIndex: 0,
    hasSecret: false,
    excerpt: '',
    problems: 0,
  };
}

/** The keys of a service: the tree on the left, the chosen one on the right. */
export function KeysView(props: { tree: ConfigTree; access: WriteAccess }) {
  const { tree, access } = props;
  const { service, prefix, entries } = tree;
  const { t } = useTranslationRef(configTranslationRef);
  const [key, setKey] = useUrlParameter('key', '');
  const [search, setSearch] = useState('');
  const [drafts, setDrafts] = useState<Drafts>({});
  const schema = useSchema(tree);
  const entry = entries.find(each => each.key === key);
  const [moving, setMoving] = useState<KeyMove>();
  const [moved, setMoved] = useState<{ from: string; to: string }>();
  const isThere = (name: string) => entries.some(each => each.key === name);
  const isMoved =
    moved !== undefined && isThere(moved.to) && !isThere(moved.from);
  useEffect(() => {
    // Whoever looked at the key goes with it.
    if (isMoved && moved && !moving && key === moved.from) {
      setKey(moved.to);
    }
  }, [isMoved, moved, moving, key, setKey]);
  const draft = drafts[key];
  const changeDraft = useCallback(
    (next: Draft | undefined) =>
      setDrafts(before => withDraft(before, key, next)),
    [key],
  );
  const shown = useMemo(() => {
    const known = new Set(entries.map(each => each.key));
    const fresh = Object.keys(drafts).filter(each => !known.has(each));
    return [...entries, ...fresh.map(newEntry)];
  }, [entries, drafts]);
  return (
    <div className={styles.keys}>
      <div className={styles.side}>
        <div>
          <SearchField
            aria-label={t('tree.search')}
            placeholder={t('tree.search')}
            size="small"
            value={search}
            onChange={setSearch}
          />
        </div>
        <div className={styles.tree}>
          <KeyTree
            prefix={prefix}
            entries={shown}
            search={search}
            selected={key === '' ? undefined : key}
            drafts={Object.keys(drafts)}
            onSelect={setKey}
          />
        </div>
        {access.isAllowed && (
          <NewKey
            prefix={prefix}
            keys={shown.map(each => each.key)}
            onCreate={name => {
              setDrafts(withDraft(drafts, name, { text: '', baseIndex: 0 }));
              setKey(name);
            }}
          />
        )}
      </div>
      <div className={styles.main}>
        {tree.schemaProblem !== undefined && (
          <Alert
            status="warning"
            icon
            title={t('key.schemaProblem', { reason: tree.schemaProblem })}
          />
        )}
        {tree.missingKeys.length > 0 && (
          <Alert
            status="warning"
            icon
            title={t('tree.missing', { keys: tree.missingKeys.join(', ') })}
          />
        )}
        {key === '' ? (
          <p className={styles.hint}>{t('key.choose')}</p>
        ) : (
          <KeyPanel
            key={`${service} ${key}`}
            service={service}
            keyName={key}
            entry={entry}
            schema={schema}
            draft={draft}
            access={access}
            onDraft={changeDraft}
            onMove={modifyIndex => setMoving({ key, modifyIndex })}
          />
        )}
        {isMoved && moved?.to === key && entry && access.isAllowed && (
          <div className={styles.moved} role="status">
            <span>{t('key.moved', { from: moved.from })}</span>
            <Button
              size="small"
              variant="secondary"
              onPress={() =>
                setMoving({
                  key,
                  modifyIndex: entry.modifyIndex,
                  to: moved.from,
                })
              }
            >
              {t('key.moveBack', { from: moved.from })}
            </Button>
          </div>
        )}
        {moving && (
          <MoveKeyDialog
            service={service}
            move={moving}
            keys={entries.map(each => each.key)}
            onClose={to => {
              setMoved({ from: moving.key, to });
              setMoving(undefined);
            }}
          />
        )}
      </div>
    </div>
  );
}
