import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Dialog,
  DialogBody,
  DialogHeader,
  SearchField,
  Select,
  Switch,
} from '@backstage/ui';
import type { WorkloadPod } from '@orrery/backstage-plugin-delivery-common';
import {
  LiveIndicator,
  ProblemPanel,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo, useState } from 'react';
import { usePodLog, type FollowedPodLog } from '../../hooks/usePodLog';
import { deliveryTranslationRef } from '../../translation';
import styles from './PodLog.module.css';
import { PodLogLines } from './PodLogLines';

/** @public */
export type PodLogDrawerProps = {
  /** `cluster/namespace/Pod/name` */
  podRef: string;
  pod: WorkloadPod;
  /** Begins with the log before the last restart. */
  previous: boolean;
  onClose: () => void;
};

const SIDECARS = ['istio-proxy', 'linkerd-proxy'];

/** The log of a pod as it is written, or as it was before a restart. */
export function PodLogDrawer(props: PodLogDrawerProps) {
  const { podRef, pod, onClose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const names = pod.containers.map(({ name }) => name);
  const [container, setContainer] = useState(
    names.find(name => !SIDECARS.includes(name)) ?? names[0],
  );
  const [previous, setPrevious] = useState(props.previous);
  const [text, setText] = useState('');
  const log = usePodLog(podRef, container, previous);
  const shown = useMemo(() => {
    const wanted = text.toLocaleLowerCase();
    return wanted === ''
      ? log.lines
      : log.lines.filter(line =>
          line.text.toLocaleLowerCase().includes(wanted),
        );
  }, [log.lines, text]);
  return (
    <Dialog
      isOpen
      onOpenChange={isOpen => !isOpen && onClose()}
      width={1100}
      height="85vh"
    >
      <DialogHeader>{t('pod.logOf', { name: pod.name })}</DialogHeader>
      <DialogBody>
        <div className={styles.drawer}>
          <div className={styles.tools}>
            {names.length > 1 && (
              <Select
                size="small"
                aria-label={t('workload.container')}
                options={names.map(name => ({ value: name, label: name }))}
                selectedKey={container}
                onSelectionChange={key => setContainer(String(key))}
              />
            )}
            <SearchField
              size="small"
              aria-label={t('pod.filter')}
              placeholder={t('pod.filter')}
              value={text}
              onChange={setText}
            />
            <Switch
              label={t('pod.previous')}
              isSelected={previous}
              onChange={setPrevious}
            />
            <LogState log={log} previous={previous} />
          </div>
          {log.error && (
            <ProblemPanel
              sources={[
                {
                  name: t('pod.log'),
                  state: 'failed',
                  reason: log.error.message,
                },
              ]}
              warnings={[]}
              onRetry={log.retry}
            />
          )}
          <PodLogLines
            key={`${container} ${previous} ${text}`}
            lines={shown}
            label={t('pod.logOf', { name: pod.name })}
            emptyText={
              log.lines.length > 0
                ? t('pod.noMatch', { text })
                : t(log.state === 'connecting' ? 'pod.waiting' : 'pod.noLines')
            }
          />
          <div className={styles.foot}>
            {t('pod.shown', {
              shown: String(shown.length),
              total: String(log.lines.length),
            })}
            {log.skipped > 0 &&
              ` · ${t('pod.skipped', { number: String(log.skipped) })}`}
          </div>
        </div>
      </DialogBody>
    </Dialog>
  );
}

function LogState(props: { log: FollowedPodLog; previous: boolean }) {
  const { log, previous } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  if (log.state === 'ended') {
    return (
      <span role="status">
        {previous
          ? t('pod.isPrevious')
          : t(`pod.ended.${log.end ?? 'container'}`)}
      </span>
    );
  }
  return (
    <LiveIndicator
      state={log.state}
      at={log.at === undefined ? undefined : new Date(log.at).toISOString()}
      reason={log.error?.message}
    />
  );
}
