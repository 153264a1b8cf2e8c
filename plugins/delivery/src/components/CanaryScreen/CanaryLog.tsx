import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ButtonLink,
  Card,
  CardBody,
  Skeleton,
  Text,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import type { Canary } from '@orrery/backstage-plugin-delivery-common';
import { ProblemPanel } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { useCanaryLogs } from '../../hooks/useCanaryFigures';
import { evidenceLinks } from '../../model/evidenceLinks';
import { deliveryTranslationRef } from '../../translation';
import styles from './CanaryLog.module.css';

/** A part that scrolls must be reachable by keyboard, though nothing in it can be pressed. */
const SCROLLING = { role: 'group', tabIndex: 0 };

const SIDES = ['canary', 'stable'] as const;

/** The last lines of either version; what is wrong stands out by its word and colour. */
export function CanaryLog(props: { canary: Canary }) {
  const { canary } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [side, setSide] = useState<(typeof SIDES)[number]>('canary');
  const { value, error, retry } = useCanaryLogs(canary.ref, side);
  const links = evidenceLinks(canary, side);
  return (
    <Card>
      <CardBody>
        <div className={styles.head}>
          <h3 className={styles.title}>{t('log.title')}</h3>
          <ToggleButtonGroup
            aria-label={t('log.side')}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[side]}
            onSelectionChange={keys => {
              const [next] = [...keys];
              setSide(next === 'stable' ? 'stable' : 'canary');
            }}
          >
            {SIDES.map(name => (
              <ToggleButton key={name} id={name} size="small">
                {t(`canary.${name}`)}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
          <ButtonLink size="small" variant="tertiary" href={links.logs}>
            {t('log.all')}
          </ButtonLink>
          <ButtonLink size="small" variant="tertiary" href={links.traces}>
            {t('log.traces')}
          </ButtonLink>
        </div>
        {error && (
          <ProblemPanel
            sources={[
              { name: t('log.title'), state: 'failed', reason: error.message },
            ]}
            warnings={[]}
            onRetry={retry}
          />
        )}
        {!value && !error && <Skeleton height={120} />}
        {value && (
          <>
            <ProblemPanel sources={value.sources} warnings={value.warnings} />
            {value.lines.length === 0 && <Text>{t('log.none')}</Text>}
            <div
              className={styles.lines}
              {...SCROLLING}
              aria-label={t('log.title')}
            >
              {value.lines
                .slice()
                .reverse()
                .map((line, index) => (
                  <div
                    key={`${line.at} ${index}`}
                    data-level={line.level}
                    title={line.pod}
                  >
                    <span className={styles.time}>{line.at.slice(11, 19)}</span>{' '}
                    {line.level !== 'unknown' && (
                      <span className={styles.level}>
                        {line.level.toLocaleUpperCase('en-US')}
                      </span>
                    )}{' '}
                    {messageOf(line.text)}
                  </div>
                ))}
            </div>
          </>
        )}
      </CardBody>
    </Card>
  );
}

/** The message of a JSON line, or the line. */
function messageOf(text: string): string {
  if (!text.startsWith('{')) {
    return text;
  }
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) {
      const message: unknown =
        Reflect.get(parsed, 'message') ?? Reflect.get(parsed, 'msg');
      return typeof message === 'string' ? message : text;
    }
  } catch {
    // Not JSON after all.
  }
  return text;
}
