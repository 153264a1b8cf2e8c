import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Select } from '@backstage/ui';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import type { PageRange } from '../../hooks/useRange';
import { telemetryTranslationRef } from '../../translation';

const LENGTHS = [
  '5m',
  '15m',
  '30m',
  '1h',
  '3h',
  '6h',
  '12h',
  '1d',
  '7d',
  '30d',
];
const OTHER = 'other';

/** The range of the page, to be chosen. */
export function RangePicker(props: { page: PageRange }) {
  const { range, problem, setRange } = props.page;
  const { t } = useTranslationRef(telemetryTranslationRef);
  const format = useFormat();
  const length = range.from.replace(/^now-/, '');
  const isKnown =
    range.to === 'now' &&
    range.from === `now-${length}` &&
    LENGTHS.includes(length);
  const write = (text: string) =>
    Number.isNaN(Date.parse(text)) ? text : format.instant(text);
  return (
    <>
      <Select
        size="small"
        aria-label={t('range.label')}
        options={[
          ...LENGTHS.map(id => ({
            id,
            label: t('range.last', { duration: id }),
          })),
          ...(isKnown
            ? []
            : [
                {
                  id: OTHER,
                  label: t('range.other', {
                    from: write(range.from),
                    to: write(range.to),
                  }),
                },
              ]),
        ]}
        value={isKnown ? length : OTHER}
        onChange={key =>
          key !== OTHER && setRange({ from: `now-${key}`, to: 'now' })
        }
      />
      {problem && <Alert status="danger" icon title={problem} />}
    </>
  );
}
