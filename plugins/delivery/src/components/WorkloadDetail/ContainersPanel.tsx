import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  MASK,
  type EnvironmentValue,
  type WorkloadContainer,
} from '@orrery/backstage-plugin-delivery-common';
import { describeProbe } from '../../model/probeForm';
import { deliveryTranslationRef } from '../../translation';
import styles from './WorkloadDetail.module.css';

const PROBES = ['readiness', 'liveness', 'startup'] as const;

/** Containers of a workload: image, resources, probes and environment. */
export function ContainersPanel(props: {
  containers: readonly WorkloadContainer[];
}) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <section>
      <h3 className={styles.heading}>{t('workload.containers')}</h3>
      <div className={styles.scroll}>
        <table className={styles.table} aria-label={t('workload.containers')}>
          <thead>
            <tr>
              <th scope="col">{t('workload.container')}</th>
              <th scope="col">{t('workload.requests')}</th>
              <th scope="col">{t('workload.limits')}</th>
              <th scope="col">{t('workload.probes')}</th>
            </tr>
          </thead>
          <tbody>
            {props.containers.map(container => (
              <ContainerRow key={container.name} container={container} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ContainerRow(props: { container: WorkloadContainer }) {
  const { container } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { environment } = container;
  return (
    <>
      <tr>
        <th scope="row">
          {container.name}
          {container.isInit && ` (${t('workload.init')})`}
          <div className={styles.code}>{container.image}</div>
        </th>
        <td>
          <Quantities values={container.requests} />
        </td>
        <td>
          <Quantities values={container.limits} />
        </td>
        <td>
          {PROBES.map(name => (
            <div key={name}>
              <span className={styles.small}>{t(`workload.${name}`)}</span>{' '}
              {describeProbe(container.probes[name]) ?? t('workload.noProbe')}
            </div>
          ))}
        </td>
      </tr>
      {environment.length > 0 && (
        <tr>
          <td colSpan={4}>
            <details>
              <summary>
                {t('workload.environment', {
                  number: String(environment.length),
                })}
              </summary>
              <table
                className={styles.table}
                aria-label={t('workload.environmentOf', {
                  container: container.name,
                })}
              >
                <tbody>
                  {environment.map(variable => (
                    <tr key={`${variable.name} ${variable.reference}`}>
                      <th scope="row" className={styles.code}>
                        {variable.name === '*'
                          ? t('workload.allVariables')
                          : variable.name}
                      </th>
                      <td className={styles.code}>{valueOf(variable)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </details>
          </td>
        </tr>
      )}
    </>
  );
}

/** The value, or what it refers to; what is masked stays masked. */
function valueOf({ value, from, reference, isMasked }: EnvironmentValue) {
  if (from) {
    return `${from} ${reference ?? ''}`;
  }
  return isMasked ? MASK : value;
}

function Quantities(props: { values: Readonly<Record<string, string>> }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const entries = Object.entries(props.values);
  return entries.length === 0
    ? t('workload.notSet')
    : entries.map(([name, quantity]) => (
        <div key={name}>
          <span className={styles.small}>{name}</span> {quantity}
        </div>
      ));
}
