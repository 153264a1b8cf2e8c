import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Checkbox, Select, Skeleton, Switch } from '@backstage/ui';
import {
  MOST_KEYS_AT_ONCE,
  type ConfigPrefix,
} from '@orrery/backstage-plugin-config-center-common';
import {
  ActionDialog,
  ProblemPanel,
  TextDiff,
  useAsyncValue,
  usePermittedActions,
  useUrlParameter,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useMemo, useState } from 'react';
import { configApiRef } from '../../api';
import { serviceName } from '../../model/serviceName';
import { configTranslationRef } from '../../translation';
import { comparedKeys } from './comparable';
import styles from './Compare.module.css';

/** Services to compare with: the same app in other places first. */
function sortedOthers(service: string, prefixes: readonly ConfigPrefix[]) {
  const app = service.slice(service.lastIndexOf('/') + 1);
  return prefixes
    .filter(prefix => prefix.service !== service)
    .sort(
      (one, other) =>
        Number(other.app === app) - Number(one.app === app) ||
        one.prefix.localeCompare(other.prefix),
    );
}

/** Two places beside each other, and what to copy from one to the other. */
export function Compare(props: {
  service: string;
  prefixes: readonly ConfigPrefix[];
  /** Changes when the keys of the service do. */
  version: string;
}) {
  const { service, prefixes, version } = props;
  const { t } = useTranslationRef(configTranslationRef);
  const [other, setOther] = useUrlParameter('with', '');
  const others = useMemo(
    () => sortedOthers(service, prefixes),
    [service, prefixes],
  );
  return (
    <div className={styles.compare}>
      <Select
        label={t('compare.with')}
        searchable
        options={others.map(({ service: id, prefix }) => ({
          id,
          label: prefix,
        }))}
        value={other === '' ? null : other}
        onChange={key => setOther(String(key ?? ''))}
      />
      {other === '' ? (
        <p>{t('compare.choose')}</p>
      ) : (
        <Comparison
          key={`${service} ${other}`}
          service={service}
          other={other}
          version={version}
        />
      )}
    </div>
  );
}

function Comparison(props: {
  service: string;
  other: string;
  version: string;
}) {
  const { service, other, version } = props;
  const { t } = useTranslationRef(configTranslationRef);
  const api = useApi(configApiRef);
  const [isSwapped, setSwapped] = useState(false);
  const [hidesSame, setHidesSame] = useState(true);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isCopying, setCopying] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [from, to] = isSwapped ? [service, other] : [other, service];
  const state = `${version} ${attempt}`;
  const ask = useCallback(async () => {
    // The version is only there to ask again.
    const [left, right] = await Promise.all([
      api.tree(from, true),
      api.tree(to, true),
    ]);
    return { left, right, state };
  }, [api, from, to, state]);
  const { value, error, retry } = useAsyncValue(ask);
  const permitted = usePermittedActions('config-center', [
    {
      action: 'copy-keys',
      input: { service: to, from, keys: [{ key: 'any', value: '' }] },
    },
  ]);
  const access = permitted.value?.at(0);
  const all = useMemo(
    () => (value ? comparedKeys(value.left, value.right) : []),
    [value],
  );
  const rows = all.filter(
    ({ state: is, obstacle }) => !hidesSame || is !== 'same' || obstacle,
  );
  const copied = all.filter(({ key, canCopy }) => canCopy && chosen.has(key));
  const choose = (key: string, isChosen: boolean) =>
    setChosen(before => {
      const after = new Set(before);
      if (isChosen) {
        after.add(key);
      } else {
        after.delete(key);
      }
      return after;
    });

  return (
    <>
      <div className={styles.bar}>
        <span>
          {t('compare.direction', {
            from: serviceName(from),
            to: serviceName(to),
          })}
        </span>
        <Button
          size="small"
          variant="secondary"
          onPress={() => {
            setSwapped(!isSwapped);
            setChosen(new Set());
          }}
        >
          {t('compare.swap')}
        </Button>
        <Switch
          label={t('compare.hideSame')}
          isSelected={hidesSame}
          onChange={setHidesSame}
        />
      </div>
      {error && (
        <ProblemPanel
          sources={[
            { name: serviceName(from), state: 'failed', reason: error.message },
          ]}
          warnings={[]}
          onRetry={retry}
        />
      )}
      {!value && !error && <Skeleton height={200} />}
      {value && rows.length === 0 && <p>{t('compare.none')}</p>}
      {rows.length > 0 && (
        <table className={styles.table} aria-label={t('compare.table')}>
          <thead>
            <tr>
              <th scope="col" aria-label={t('compare.select', { key: '' })} />
              <th scope="col">{t('history.key')}</th>
              <th scope="col">{t('compare.state')}</th>
              <th scope="col">{t('history.what')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(row => {
              const { key, obstacle, canCopy } = row;
              return (
                <tr key={key}>
                  <td>
                    {canCopy && access?.allowed && (
                      <Checkbox
                        aria-label={t('compare.select', { key })}
                        isSelected={chosen.has(key)}
                        onChange={isChosen => choose(key, isChosen)}
                      />
                    )}
                  </td>
                  <td className={styles.key}>{key}</td>
                  <td>
                    {/* Whether two masked values are the same is not known. */}
                    {!(obstacle && row.left && row.right) &&
                      t(`compare.${row.state}`, {
                        place: serviceName(
                          row.state === 'onlyLeft' ? from : to,
                        ),
                      })}
                  </td>
                  <td>
                    {obstacle
                      ? t(`compare.${obstacle}`)
                      : row.state !== 'same' && (
                          <TextDiff
                            before={row.right?.text ?? ''}
                            after={row.left?.text ?? ''}
                          />
                        )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {access && !access.allowed && (
        <p>{t('key.readOnly', { reason: access.reason ?? '' })}</p>
      )}
      {access?.allowed && (
        <div>
          <Button
            isDisabled={
              copied.length === 0 || copied.length > MOST_KEYS_AT_ONCE
            }
            onPress={() => setCopying(true)}
          >
            {t('compare.copy', { count: copied.length })}
          </Button>
        </div>
      )}
      {isCopying && (
        <ActionDialog
          title={t('compare.copy', { count: copied.length })}
          pluginId="config-center"
          action="copy-keys"
          input={{
            service: to,
            from,
            keys: copied.map(({ key, left, right }) => ({
              key,
              value: left?.text ?? '',
              modifyIndex: right?.modifyIndex ?? 0,
            })),
          }}
          onClose={() => {
            setCopying(false);
            setChosen(new Set());
            setAttempt(count => count + 1);
          }}
          width={760}
        />
      )}
    </>
  );
}
