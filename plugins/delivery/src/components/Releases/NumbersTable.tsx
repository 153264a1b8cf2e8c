import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DeliveryNumbers,
  DeliveryNumbersList,
} from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { inLargestUnit } from '../../model/inLargestUnit';
import { personName } from '../../model/personName';
import { deliveryTranslationRef } from '../../translation';
import styles from './ReleaseTable.module.css';
import { SCROLLING } from './scrolling';
import { SortHeader } from './SortHeader';

const COLUMNS = [
  'deployments',
  'frequency',
  'leadTime',
  'failureShare',
  'restore',
] as const;

type Order = 'name' | (typeof COLUMNS)[number];

/** Below one a day people count by the week. */
const WEEK_DAYS = 7;
/** The backend's name for what has no owner. */
const NO_TEAM = 'unknown';

function valueOf(numbers: DeliveryNumbers, order: Order): number | undefined {
  switch (order) {
    case 'leadTime':
      return numbers.leadTimeSeconds;
    case 'failureShare':
      return numbers.changeFailureShare;
    case 'restore':
      return numbers.restoreSeconds;
    default:
      return numbers.deployments;
  }
}

/** What is not known comes last, whichever way the rest is sorted. */
function sorted(
  items: readonly DeliveryNumbers[],
  order: Order,
  isDescending: boolean,
): DeliveryNumbers[] {
  const sign = isDescending ? -1 : 1;
  return [...items].sort((left, right) => {
    if (order === 'name') {
      return sign * left.name.localeCompare(right.name);
    }
    const [one, other] = [valueOf(left, order), valueOf(right, order)];
    if (one === undefined || other === undefined) {
      return Number(one === undefined) - Number(other === undefined);
    }
    return sign * (one - other) || left.name.localeCompare(right.name);
  });
}

/** Frequency, lead time, change failure rate and time to restore. */
export function NumbersTable(props: { numbers: DeliveryNumbersList }) {
  const { numbers } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [order, setOrder] = useState<Order>('deployments');
  const [isDescending, setDescending] = useState(true);
  const header = (column: Order, label: string) => (
    <SortHeader
      key={column}
      label={label}
      isNumber={column !== 'name'}
      direction={
        order === column
          ? (isDescending && 'descending') || 'ascending'
          : undefined
      }
      onSort={() => {
        setDescending(order === column ? !isDescending : column !== 'name');
        setOrder(column);
      }}
    />
  );
  return (
    <div
      className={styles.scroll}
      {...SCROLLING}
      aria-label={t('numbers.title')}
    >
      <table className={styles.table} aria-label={t('numbers.title')}>
        <thead>
          <tr>
            {header('name', t(`numbers.column.${numbers.by}`))}
            {COLUMNS.map(column =>
              header(column, t(`numbers.column.${column}`)),
            )}
          </tr>
        </thead>
        <tbody>
          {sorted(numbers.items, order, isDescending).map(item => (
            <NumbersRow key={item.name} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** From what the lead time counts, and for how many; what nothing rests on is left out. */
function leadTimeBasis({
  leadTimeKnown,
  leadTimeFromCommit,
}: DeliveryNumbers): ['commit' | 'build', number][] {
  const parts: ['commit' | 'build', number][] = [
    ['commit', leadTimeFromCommit],
    ['build', leadTimeKnown - leadTimeFromCommit],
  ];
  return parts.filter(([, number]) => number > 0);
}

function NumbersRow(props: { item: DeliveryNumbers }) {
  const { item } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const duration = (seconds: number) => {
    const { unit, value } = inLargestUnit(seconds);
    return t(`numbers.${unit}`, { number: format.number(value) });
  };
  const unknown = (reason: string) => (
    <>
      {t('numbers.unknown')}
      <div className={styles.small}>{reason}</div>
    </>
  );
  const perDay = item.deploymentsPerDay;
  const frequency =
    perDay >= 1
      ? t('numbers.perDay', { number: format.number(perDay) })
      : t('numbers.perWeek', { number: format.number(perDay * WEEK_DAYS) });
  return (
    <tr>
      <th scope="row">
        {item.name === NO_TEAM
          ? t('numbers.unknownTeam')
          : personName(item.name)}
      </th>
      <td data-number>{format.number(item.deployments)}</td>
      <td data-number>{frequency}</td>
      <td data-number>
        {item.leadTimeSeconds === undefined ? (
          unknown(t('numbers.leadTimeUnknown'))
        ) : (
          <>
            {duration(item.leadTimeSeconds)}
            <div className={styles.small}>
              {leadTimeBasis(item).map(([from, number]) => (
                <div key={from}>
                  {t(`numbers.known.${from}`, {
                    known: String(number),
                    all: String(item.deployments),
                  })}
                </div>
              ))}
            </div>
          </>
        )}
      </td>
      <td data-number>
        {item.changeFailureShare === undefined ? (
          unknown(t('numbers.failureUnknown'))
        ) : (
          <>
            {format.percent(item.changeFailureShare)}
            <div className={styles.small}>
              {t('numbers.failed', {
                failed: String(item.failures),
                all: String(item.deployments),
              })}
            </div>
          </>
        )}
      </td>
      <td data-number>
        {item.restoreSeconds !== undefined && duration(item.restoreSeconds)}
        {item.restoreSeconds === undefined &&
          (item.failures === 0 ? (
            <span className={styles.small}>– {t('numbers.noFailure')}</span>
          ) : (
            unknown(t('numbers.restoreUnknown'))
          ))}
      </td>
    </tr>
  );
}
