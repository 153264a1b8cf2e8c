import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, Select, Switch } from '@backstage/ui';
import { parseDuration } from '@orrery/backstage-plugin-orrery-common';
import {
  useFormat,
  useTimeMarks,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import {
  RiPauseLine,
  RiPlayLine,
  RiSkipBackLine,
  RiSkipForwardLine,
} from '@remixicon/react';
import { useMemo } from 'react';
import type { Moments } from '../../hooks/useMoments';
import { usePlay } from '../../hooks/usePlay';
import { useTimeline } from '../../hooks/useTimeline';
import { SPANS } from '../../model/timeScale';
import { meshTranslationRef } from '../../translation';
import styles from './TimeBar.module.css';
import { TimeStrip } from './TimeStrip';

/** Steps of a whole strip. */
const STEPS = 120;
const MINUTE = 60_000;
/** Where a comparison starts, as a share of the strip back from the moment in view. */
const COMPARE_BACK = 0.25;

/** Travels in time: any past moment, play, and a comparison of two. */
export function TimeBar(props: {
  cluster?: string;
  namespaces: readonly string[];
  moments: Moments;
  /** End of the graph's window on the screen, or undefined while it is on its way. */
  shownMilliseconds: number | undefined;
}) {
  const { cluster, namespaces, moments, shownMilliseconds } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const format = useFormat();
  const [length, setLength] = useUrlParameter('span', SPANS[0]);
  const known = SPANS.find(candidate => candidate === length) ?? SPANS[0];
  const lengthMilliseconds = parseDuration(known) * 1000;
  const stepMilliseconds = lengthMilliseconds / STEPS;
  const timeline = useTimeline({ cluster, namespaces, range: known });
  const { value } = timeline;

  const to = value?.timeMilliseconds.at(-1);
  const span = useMemo(() => {
    // A moment further back than the strip moves the strip's start.
    const end = Math.max(to ?? 0, Math.floor(Date.now() / MINUTE) * MINUTE);
    const earliest = Math.min(
      moments.momentMilliseconds ?? end,
      moments.compareMilliseconds ?? end,
    );
    return {
      fromMilliseconds: Math.min(end - lengthMilliseconds, earliest),
      toMilliseconds: end,
    };
  }, [
    to,
    lengthMilliseconds,
    moments.momentMilliseconds,
    moments.compareMilliseconds,
  ]);
  const marks = useTimeMarks({ ...span, cluster, namespaces });
  const moment = moments.momentMilliseconds;
  const isShown =
    moment === undefined
      ? shownMilliseconds !== undefined
      : shownMilliseconds !== undefined &&
        Math.abs(shownMilliseconds - moment) < 1000;
  const play = usePlay({
    momentMilliseconds: moment,
    isShown,
    stepMilliseconds,
    onMoment: moments.setMoment,
  });
  const step = (count: number) => {
    const next = (moment ?? span.toMilliseconds) + count * stepMilliseconds;
    moments.setMoment(
      next > span.toMilliseconds - stepMilliseconds / 2
        ? undefined
        : Math.max(next, value?.earliestMilliseconds ?? next),
    );
  };
  const failedSource = value?.sources.find(({ state }) => state === 'failed');
  const problem = timeline.error?.message ?? failedSource?.reason;
  return (
    <section className={styles.bar} aria-label={t('time.title')}>
      <div className={styles.buttons}>
        <ButtonIcon
          size="small"
          variant="secondary"
          aria-label={t('time.back')}
          icon={<RiSkipBackLine />}
          onPress={() => step(-1)}
        />
        <ButtonIcon
          size="small"
          variant="secondary"
          aria-label={play.isPlaying ? t('time.pause') : t('time.play')}
          icon={play.isPlaying ? <RiPauseLine /> : <RiPlayLine />}
          onPress={() => {
            if (!play.isPlaying && moment === undefined) {
              // From now there is nothing to play: start at the left.
              moments.setMoment(span.fromMilliseconds + stepMilliseconds);
            }
            play.setPlaying(!play.isPlaying);
          }}
        />
        <ButtonIcon
          size="small"
          variant="secondary"
          aria-label={t('time.forward')}
          icon={<RiSkipForwardLine />}
          isDisabled={moment === undefined}
          onPress={() => step(1)}
        />
      </div>
      <div className={styles.middle}>
        <TimeStrip
          span={span}
          stepMilliseconds={stepMilliseconds}
          timeline={timeline.loading && !value ? undefined : value}
          marks={marks.value?.marks ?? []}
          moments={moments}
        />
        {problem && (
          <p className={styles.problem} role="status">
            {t('time.failed', { reason: problem })}
          </p>
        )}
        {marks.value?.problems.map(({ title, reason }) => (
          <p key={title} className={styles.problem} role="status">
            {t('time.marksFailed', { title, reason })}
          </p>
        ))}
      </div>
      <div className={styles.choices}>
        <Select
          size="small"
          aria-label={t('time.span')}
          options={SPANS.map(id => ({ id, label: t(`time.span${id}`) }))}
          value={known}
          onChange={key => setLength(String(key))}
        />
        <Switch
          label={t('time.compare')}
          isSelected={moments.compareMilliseconds !== undefined}
          onChange={isOn =>
            moments.setCompare(
              isOn
                ? Math.max(
                    (moment ?? span.toMilliseconds) -
                      lengthMilliseconds * COMPARE_BACK,
                    value?.earliestMilliseconds ?? 0,
                  )
                : undefined,
            )
          }
        />
        <span className={styles.now}>
          {moment === undefined ? t('time.now') : format.instant(moment)}
        </span>
      </div>
    </section>
  );
}
