import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, TextField } from '@backstage/ui';
import { HEADER_MATCHES, type StepDraft } from '../../model/planDraft';
import { deliveryTranslationRef } from '../../translation';
import { NumberInput } from './NumberInput';
import styles from './StartCanary.module.css';

/** The fields of one step, by its kind. */
export function StepFields(props: {
  step: StepDraft;
  onChange: (change: Partial<StepDraft>) => void;
}) {
  const { step, onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  switch (step.kind) {
    case 'weight':
    case 'mirror':
      return (
        <NumberInput
          isInline
          label={t(step.kind === 'weight' ? 'start.weight' : 'start.mirror')}
          minimum={0}
          maximum={100}
          step={1}
          value={step.percent}
          onChange={percent => onChange({ percent })}
        />
      );
    case 'pause':
      return (
        <NumberInput
          isInline
          label={t('start.pauseMinutes')}
          minimum={0}
          value={step.minutes}
          onChange={minutes => onChange({ minutes })}
        />
      );
    case 'header':
      return (
        <>
          <TextField
            size="small"
            label={t('start.headerName')}
            value={step.header}
            onChange={header => onChange({ header })}
          />
          <Select
            size="small"
            label={t('start.headerMatch')}
            options={HEADER_MATCHES.map(id => ({
              id,
              label: t(`start.match.${id}`),
            }))}
            value={step.match}
            onChange={key =>
              onChange({
                match: HEADER_MATCHES.find(match => match === key) ?? 'exact',
              })
            }
          />
          <TextField
            size="small"
            label={t('start.headerValue')}
            value={step.value}
            onChange={value => onChange({ value })}
          />
        </>
      );
    default:
      return (
        <span className={styles.help}>
          {t(
            step.kind === 'approval'
              ? 'start.approvalHelp'
              : 'start.analysisHelp',
          )}
        </span>
      );
  }
}
