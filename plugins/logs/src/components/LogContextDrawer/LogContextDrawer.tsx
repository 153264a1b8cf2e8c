import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogHeader,
  Skeleton,
} from '@backstage/ui';
import {
  ProblemPanel,
  useAsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useState } from 'react';
import { logsApiRef, type LogRequest } from '../../api';
import { writeTime } from '../../model/writeTime';
import { logsTranslationRef } from '../../translation';
import { LineText } from '../LogLines';
import styles from './LogContextDrawer.module.css';

const STEP = 20;
const MOST = 200;

/** What the same container said before and after a line. */
export function LogContextDrawer(props: {
  scope: Pick<LogRequest, 'cluster' | 'namespaces' | 'app'>;
  id: string;
  isUtc: boolean;
  onClose: () => void;
}) {
  const { id, isUtc, onClose } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const api = useApi(logsApiRef);
  const [before, setBefore] = useState(STEP);
  const [after, setAfter] = useState(STEP);
  const scope = JSON.stringify(props.scope);
  const ask = useCallback(
    () => api.context(JSON.parse(scope), id, { before, after }),
    [api, scope, id, before, after],
  );
  const { value, error, retry } = useAsyncValue(ask);
  const lines = value ? [...value.before, value.line, ...value.after] : [];
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && onClose()}
      width={1100}
      height="85vh"
    >
      <DialogHeader>
        {value
          ? t('context.title', {
              container: `${value.line.pod ?? ''} ${
                value.line.container ?? ''
              }`,
            })
          : t('context.loading')}
      </DialogHeader>
      <DialogBody>
        {error && (
          <ProblemPanel
            sources={[
              {
                name: t('line.context'),
                state: 'failed',
                reason: error.message,
              },
            ]}
            warnings={[]}
            onRetry={retry}
          />
        )}
        {!value && !error && <Skeleton height={300} />}
        {value && (
          <>
            <Button
              size="small"
              variant="secondary"
              isDisabled={before >= MOST || value.before.length < before}
              onPress={() => setBefore(Math.min(MOST, before + 3 * STEP))}
            >
              {t('context.earlier')}
            </Button>
            <ol
              className={styles.lines}
              tabIndex={lines.length > 0 ? 0 : -1}
              aria-label={t('line.context')}
            >
              {lines.map(line => (
                <li
                  key={line.id}
                  data-level={line.level}
                  aria-current={line.id === id ? 'true' : undefined}
                >
                  <span className={styles.time}>
                    {writeTime(line.at, isUtc)}
                  </span>{' '}
                  <LineText text={line.text} />
                </li>
              ))}
            </ol>
            <Button
              size="small"
              variant="secondary"
              isDisabled={after >= MOST || value.after.length < after}
              onPress={() => setAfter(Math.min(MOST, after + 3 * STEP))}
            >
              {t('context.later')}
            </Button>
          </>
        )}
      </DialogBody>
    </Dialog>
  );
}
