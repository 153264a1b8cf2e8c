import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Card, CardBody, CardHeader, Skeleton } from '@backstage/ui';
import type { ConfigMapView } from '@orrery/backstage-plugin-config-center-common';
import {
  ProblemPanel,
  useAsyncValue,
  usePermittedActions,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback, useState } from 'react';
import { configApiRef } from '../../api';
import { nameOf } from '../../model/serviceName';
import { configTranslationRef } from '../../translation';
import { History } from '../History';
import { ConfigMapDialog, type ConfigMapEdit } from './ConfigMapDialog';
import styles from './ConfigMaps.module.css';

const REFRESH_MILLISECONDS = 30_000;

/** ConfigMaps that the workloads of a service use. */
export function ConfigMaps(props: { service: string }) {
  const { service } = props;
  const { t } = useTranslationRef(configTranslationRef);
  const api = useApi(configApiRef);
  const ask = useCallback(() => api.configMaps(service), [api, service]);
  const { value, error, retry } = useAsyncValue(ask, REFRESH_MILLISECONDS);
  const maps = value?.configMaps ?? [];
  const permitted = usePermittedActions(
    'config-center',
    maps.map(({ ref }) => ({
      action: 'delete-config-map-key',
      input: { configMap: ref, key: 'any' },
    })),
  );
  const [edit, setEdit] = useState<ConfigMapEdit>();
  return (
    <div className={styles.maps}>
      {error && (
        <ProblemPanel
          sources={[
            {
              name: t('tab.configMaps'),
              state: error.name === 'NotAllowedError' ? 'forbidden' : 'failed',
              reason: error.message,
            },
          ]}
          warnings={[]}
          onRetry={retry}
        />
      )}
      {!value && !error && <Skeleton height={200} />}
      {value && maps.length === 0 && <p>{t('maps.none')}</p>}
      {maps.map((map, index) => (
        <ConfigMapCard
          key={map.ref}
          map={map}
          canWrite={
            (permitted.value?.[index]?.allowed ?? false) && !map.isImmutable
          }
          onEdit={setEdit}
        />
      ))}
      {edit && (
        <ConfigMapDialog
          edit={edit}
          onClose={() => {
            setEdit(undefined);
            retry();
          }}
        />
      )}
    </div>
  );
}

function ConfigMapCard(props: {
  map: ConfigMapView;
  canWrite: boolean;
  onEdit: (edit: ConfigMapEdit) => void;
}) {
  const { map, canWrite, onEdit } = props;
  const { t } = useTranslationRef(configTranslationRef);
  const { name, usedBy } = map;
  const [isOpen, setOpen] = useState(false);
  return (
    <Card>
      <CardHeader>
        <h2 className={styles.name}>{name}</h2>
        <p className={styles.small}>
          {usedBy.length === 0
            ? t('maps.nobody')
            : t('maps.usedBy', {
                users: usedBy
                  .map(({ ref, as }) => `${nameOf(ref)} (${as})`)
                  .join('; '),
              })}
        </p>
        {map.isImmutable && (
          <p className={styles.small}>{t('maps.immutable')}</p>
        )}
      </CardHeader>
      <CardBody>
        <table className={styles.table} aria-label={name}>
          <tbody>
            {map.entries.map(({ key, text, hasSecret }) => (
              <tr key={key}>
                <th scope="row" className={styles.key}>
                  {key}
                </th>
                <td>
                  <pre className={styles.value}>
                    {text ?? t('key.kind.binary')}
                  </pre>
                </td>
                <td className={styles.verbs}>
                  {canWrite && text !== undefined && (
                    <Button
                      size="small"
                      variant="tertiary"
                      aria-label={t('maps.editOf', { key, name })}
                      onPress={() =>
                        onEdit({ map, key, verb: 'set', text, hasSecret })
                      }
                    >
                      {t('maps.edit')}
                    </Button>
                  )}
                  {canWrite && text !== undefined && (
                    <Button
                      size="small"
                      variant="tertiary"
                      aria-label={t('maps.removeOf', { key, name })}
                      onPress={() => onEdit({ map, key, verb: 'delete' })}
                    >
                      {t('maps.remove')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className={styles.buttons}>
          {canWrite && (
            <Button
              size="small"
              variant="secondary"
              onPress={() => onEdit({ map, verb: 'set' })}
            >
              {t('maps.newKey', { name })}
            </Button>
          )}
          <Button
            size="small"
            variant="tertiary"
            aria-expanded={isOpen}
            onPress={() => setOpen(!isOpen)}
          >
            {t(isOpen ? 'maps.hideHistory' : 'maps.history', { name })}
          </Button>
        </div>
        {isOpen && (
          <History
            service={map.ref}
            of="configMap"
            access={{ isAllowed: canWrite, needsApproval: false }}
            version={map.resourceVersion}
          />
        )}
      </CardBody>
    </Card>
  );
}
