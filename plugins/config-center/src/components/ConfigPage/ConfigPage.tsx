import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Select, Skeleton } from '@backstage/ui';
import {
  ProblemPanel,
  ScopeBar,
  useUrlParameter,
  useViewState,
} from '@orrery/backstage-plugin-orrery-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useCluster, usePrefixes } from '../../hooks/usePrefixes';
import { configTranslationRef } from '../../translation';
import { ConfigView } from '../ConfigView';
import styles from './ConfigPage.module.css';

/** The page's parameters with another service; a key of this one means nothing there. */
function linkTo(params: URLSearchParams, service: string): URLSearchParams {
  const changed = new URLSearchParams(params);
  changed.set('service', service);
  changed.delete('key');
  changed.delete('with');
  return changed;
}

/** Configuration of any service. */
export function ConfigPage() {
  const { t } = useTranslationRef(configTranslationRef);
  const [view] = useViewState();
  const cluster = useCluster();
  const { value, error, retry } = usePrefixes(cluster);
  const [service] = useUrlParameter('service', '');
  const [params, setParams] = useSearchParams();
  const names = view.namespaces.join(',');
  const options = useMemo(() => {
    const namespaces = names === '' ? [] : names.split(',');
    return (value?.prefixes ?? [])
      .filter(
        prefix =>
          namespaces.length === 0 ||
          namespaces.includes(prefix.namespace) ||
          prefix.service === service,
      )
      .map(prefix => ({ id: prefix.service, label: prefix.prefix }));
  }, [value, names, service]);
  const choose = (next: string) => setParams(current => linkTo(current, next));
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1 className={styles.title}>{t('page.title')}</h1>
        <ScopeBar parts="cluster">
          <Select
            size="small"
            className={styles.picker}
            aria-label={t('page.service')}
            placeholder={t('page.choose')}
            searchable
            options={options}
            value={service === '' ? null : service}
            onChange={key => choose(String(key ?? ''))}
          />
          {value?.publicUrl !== undefined && (
            <Link href={`${value.publicUrl}/ui/`} target="_blank">
              {t('page.openConsul')}
            </Link>
          )}
        </ScopeBar>
      </header>
      {error && (
        <ProblemPanel
          sources={[
            {
              name: t('page.title'),
              state: error.name === 'NotAllowedError' ? 'forbidden' : 'failed',
              reason:
                error.name === 'NotFoundError'
                  ? t('page.notConfigured')
                  : error.message,
            },
          ]}
          warnings={[]}
          onRetry={retry}
        />
      )}
      {!value && !error && <Skeleton height={300} />}
      {service === '' && value && (
        <div className={styles.empty}>
          <p>{options.length === 0 ? t('page.none') : t('page.chooseHelp')}</p>
          <ul className={styles.services} aria-label={t('page.choose')}>
            {options.map(({ id, label }) => (
              <li key={id}>
                <Link href={`?${linkTo(params, id)}`}>{label}</Link>
              </li>
            ))}
          </ul>
        </div>
      )}
      {service !== '' && (
        <ConfigView
          key={service}
          service={service}
          prefixes={value?.prefixes ?? []}
        />
      )}
    </div>
  );
}
