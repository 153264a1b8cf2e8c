import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonIcon, ButtonLink } from '@backstage/ui';
import type { LogLine } from '@orrery/backstage-plugin-logs-common';
import { linkWithViewState } from '@orrery/backstage-plugin-orrery-common';
import { useViewState } from '@orrery/backstage-plugin-orrery-react';
import {
  RiLayoutColumnLine,
  RiZoomInLine,
  RiZoomOutLine,
} from '@remixicon/react';
import { useState } from 'react';
import { logsTranslationRef } from '../../translation';
import styles from './LogLines.module.css';

/** What can be done from a line. */
export type LineVerbs = {
  /** Looks for lines with this value, or without it. */
  onFilter?: (field: string, value: string, isNegated: boolean) => void;
  onColumn?: (field: string) => void;
  /** Shows the lines around it. */
  onContext?: (id: string) => void;
};

/** All that is known of a line, as a table or as JSON. */
export function LineDetail(props: { line: LogLine; verbs: LineVerbs }) {
  const { line, verbs } = props;
  const { t } = useTranslationRef(logsTranslationRef);
  const [isJson, setJson] = useState(false);
  const [view] = useViewState();
  const fields = Object.entries(line.fields).sort(([left], [right]) =>
    left.localeCompare(right),
  );
  return (
    <div className={styles.detail}>
      <div className={styles.detailTools}>
        <Button
          size="small"
          variant="secondary"
          onPress={() => setJson(!isJson)}
        >
          {t(isJson ? 'line.asTable' : 'line.asJson')}
        </Button>
        {verbs.onContext && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => verbs.onContext?.(line.id)}
          >
            {t('line.context')}
          </Button>
        )}
        {line.traceId && (
          <ButtonLink
            size="small"
            variant="secondary"
            href={linkWithViewState(`/traces/${line.traceId}`, {
              cluster: line.cluster,
              range: view.range,
            })}
          >
            {t('line.trace')}
          </ButtonLink>
        )}
        {line.traceId && line.isSampled === false && (
          <span className={styles.hint}>{t('line.notSampled')}</span>
        )}
        {line.cutCharacters !== undefined && (
          <span className={styles.hint}>
            {t('line.cut', { number: String(line.cutCharacters) })}
          </span>
        )}
      </div>
      {isJson ? (
        <pre className={styles.json}>{JSON.stringify(line, undefined, 2)}</pre>
      ) : (
        <table className={styles.fields}>
          <thead className={styles.hidden}>
            <tr>
              <th scope="col">{t('fields.name')}</th>
              <th scope="col">{t('fields.value')}</th>
              <th scope="col">{t('fields.filter')}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t('line.message')}</th>
              <td colSpan={2} className={styles.whole}>
                {line.text}
              </td>
            </tr>
            {fields.map(([name, told]) =>
              [told].flat().map((value, index) => (
                <tr key={`${name} ${index}`}>
                  <th scope="row">{name}</th>
                  <td className={styles.whole}>{value}</td>
                  <td className={styles.fieldVerbs}>
                    {verbs.onFilter && (
                      <>
                        <ButtonIcon
                          size="small"
                          variant="tertiary"
                          icon={<RiZoomInLine />}
                          aria-label={t('line.filterIn', { name, value })}
                          onPress={() => verbs.onFilter?.(name, value, false)}
                        />
                        <ButtonIcon
                          size="small"
                          variant="tertiary"
                          icon={<RiZoomOutLine />}
                          aria-label={t('line.filterOut', { name, value })}
                          onPress={() => verbs.onFilter?.(name, value, true)}
                        />
                      </>
                    )}
                    {verbs.onColumn && (
                      <ButtonIcon
                        size="small"
                        variant="tertiary"
                        icon={<RiLayoutColumnLine />}
                        aria-label={t('line.column', { name })}
                        onPress={() => verbs.onColumn?.(name)}
                      />
                    )}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      )}
    </div>
  );
}
