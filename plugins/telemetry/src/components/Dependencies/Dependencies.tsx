import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Skeleton, Text } from '@backstage/ui';
import {
  ProblemPanel,
  useAsyncValue,
  useFormat,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { telemetryApiRef } from '../../api';
import type { PageRange } from '../../hooks/useRange';
import { telemetryTranslationRef } from '../../translation';
import { HiddenName } from '../Traces';
import styles from '../Traces/Traces.module.css';

/** @public */
export type DependenciesProps = {
  cluster: string;
  namespaces: readonly string[];
  page: PageRange;
};

/** Who calls whom as traces and the mesh have it, the differences first. */
export function Dependencies(props: DependenciesProps) {
  const { cluster, namespaces, page } = props;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const format = useFormat();
  const api = useApi(telemetryApiRef);
  const key = JSON.stringify({ cluster, namespaces, ...page.range });
  const ask = useCallback(() => api.dependencies(JSON.parse(key)), [api, key]);
  const { value, error, retry } = useAsyncValue(ask);
  if (error) {
    return <Alert status="danger" icon title={error.message} />;
  }
  if (!value) {
    return <Skeleton height={240} />;
  }
  const outside = (name: string) =>
    name === 'unknown' ? (
      <em>{t('dependencies.outside')}</em>
    ) : (
      <HiddenName name={name} />
    );
  return (
    <div className={styles.panel}>
      <ProblemPanel {...value.provenance} onRetry={retry} />
      <Text as="p" variant="body-small" color="secondary">
        {t('dependencies.help')}
      </Text>
      <div className={styles.scroll}>
        <table className={styles.table} aria-label={t('page.dependencies')}>
          <thead>
            <tr>
              <th scope="col">{t('dependencies.source')}</th>
              <th scope="col">{t('dependencies.target')}</th>
              <th scope="col" data-number="">
                {t('dependencies.calls')}
              </th>
              <th scope="col" data-number="">
                {t('dependencies.errors')}
              </th>
              <th scope="col" data-number="">
                {t('dependencies.requests')}
              </th>
              <th scope="col">{t('dependencies.seenBy')}</th>
            </tr>
          </thead>
          <tbody>
            {value.links.map((link, index) => (
              <tr key={`${link.source} ${link.target} ${index}`}>
                <td>{outside(link.source)}</td>
                <td>{outside(link.target)}</td>
                <td data-number="">{format.number(link.calls)}</td>
                <td data-number="">{format.number(link.errors)}</td>
                <td data-number="">{format.number(link.requests)}</td>
                <td>
                  {t(`dependencies.${link.seenBy}`)}
                  {link.reason && (
                    <div className={styles.quiet}>
                      {t(`dependencies.reason.${link.reason}`)}
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
