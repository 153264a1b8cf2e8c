import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  LiveIndicator,
  useFormat,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { logsApiRef, type LogListener, type LogRequest } from '../../api';
import { useTail, type Tail } from '../../hooks/useTail';
import { logsTranslationRef } from '../../translation';
import { LogLines, type LineVerbs, type RowLook } from '../LogLines';
import styles from './LogSearch.module.css';

/** Lines as they come, the newest last. */
export function TailView(props: {
  request: LogRequest;
  look: RowLook;
  verbs: LineVerbs;
}) {
  const { request, look, verbs } = props;
  const api = useApi(logsApiRef);
  const follow = useCallback(
    (listener: LogListener, signal: AbortSignal) =>
      api.follow(request, listener, signal),
    [api, request],
  );
  const tail = useTail(follow);
  return <TailLines tail={tail} look={look} verbs={verbs} />;
}

/** What is followed, and how that goes. */
export function TailLines(props: {
  tail: Tail;
  look: RowLook;
  verbs: LineVerbs;
}) {
  const { tail, look, verbs } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const format = useFormat();
  const { store } = tail;
  return (
    <div className={styles.found}>
      <div className={styles.foot}>
        <LiveIndicator
          state={tail.state}
          at={
            tail.at === undefined ? undefined : new Date(tail.at).toISOString()
          }
          reason={tail.error?.message}
        />
        {` · ${t('live.shown', { number: format.number(store.count) })}`}
        {tail.skipped > 0 &&
          ` · ${t('live.skipped', { number: format.number(tail.skipped) })}`}
        {store.dropped > 0 &&
          ` · ${t('live.dropped', { number: format.number(store.dropped) })}`}
      </div>
      <LogLines
        store={store}
        label={t('live.lines')}
        look={look}
        verbs={verbs}
        isFollowing
      />
    </div>
  );
}
