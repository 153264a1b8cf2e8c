import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Switch, TextField } from '@backstage/ui';
import type { MetricDraft, PlanDraft } from '../../model/planDraft';
import { deliveryTranslationRef } from '../../translation';
import { NumberInput } from './NumberInput';
import styles from './StartCanary.module.css';

const MOST_METRICS = 10;

/** @public */
export type AnalysisFieldsProps = {
  draft: PlanDraft;
  onChange: (change: Partial<PlanDraft>) => void;
};

/** By what the canary is judged. */
export function AnalysisFields(props: AnalysisFieldsProps) {
  const { draft, onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <fieldset className={styles.group}>
      <legend>{t('start.analysis')}</legend>
      <Switch
        label={t('start.analyse')}
        isSelected={draft.isAnalysed}
        onChange={isAnalysed => onChange({ isAnalysed })}
      />
      {draft.isAnalysed && (
        <>
          <div className={styles.grid}>
            <NumberInput
              label={t('start.errorPoints')}
              placeholder={t('start.noLimit')}
              minimum={0}
              maximum={100}
              value={draft.maximumErrorIncreasePoints}
              onChange={maximumErrorIncreasePoints =>
                onChange({ maximumErrorIncreasePoints })
              }
            />
            <NumberInput
              label={t('start.p95Percent')}
              placeholder={t('start.noLimit')}
              minimum={0}
              maximum={1000}
              value={draft.maximumP95IncreasePercent}
              onChange={maximumP95IncreasePercent =>
                onChange({ maximumP95IncreasePercent })
              }
            />
            <NumberInput
              label={t('start.minimumRequests')}
              placeholder={t('start.computed')}
              minimum={1}
              step={1}
              value={draft.minimumRequests}
              onChange={minimumRequests => onChange({ minimumRequests })}
            />
            <NumberInput
              label={t('start.interval')}
              minimum={10}
              maximum={3600}
              step={1}
              value={draft.intervalSeconds}
              onChange={intervalSeconds => onChange({ intervalSeconds })}
            />
          </div>
          {draft.metrics.map((metric, index) => (
            <MetricFields
              key={metric.key}
              metric={metric}
              number={index + 1}
              onChange={change =>
                onChange({
                  metrics: draft.metrics.map(other =>
                    other.key === metric.key ? { ...other, ...change } : other,
                  ),
                })
              }
              onRemove={() =>
                onChange({
                  metrics: draft.metrics.filter(
                    ({ key }) => key !== metric.key,
                  ),
                })
              }
            />
          ))}
          <div className={styles.row}>
            <Button
              size="small"
              variant="tertiary"
              isDisabled={draft.metrics.length >= MOST_METRICS}
              onPress={() =>
                onChange({
                  metrics: [
                    ...draft.metrics,
                    { key: crypto.randomUUID(), name: '', query: '' },
                  ],
                })
              }
            >
              + {t('start.addMetric')}
            </Button>
            {draft.metrics.length > 0 && (
              <span className={styles.help}>
                {t('start.metricHelp', {
                  workload: '{{workload}}',
                  namespace: '{{namespace}}',
                  window: '{{window}}',
                })}
              </span>
            )}
          </div>
        </>
      )}
    </fieldset>
  );
}

function MetricFields(props: {
  metric: MetricDraft;
  number: number;
  onChange: (change: Partial<MetricDraft>) => void;
  onRemove: () => void;
}) {
  const { metric, number, onChange, onRemove } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <div
      className={styles.metric}
      role="group"
      aria-label={`${t('start.metrics')} ${number}`}
    >
      <div className={styles.metricHead}>
        <TextField
          size="small"
          label={t('start.metricName')}
          value={metric.name}
          onChange={name => onChange({ name })}
        />
        <TextField
          size="small"
          label={t('start.metricQuery')}
          value={metric.query}
          onChange={query => onChange({ query })}
        />
      </div>
      <div className={styles.grid}>
        <NumberInput
          label={t('start.metricMinimum')}
          placeholder={t('start.noLimit')}
          value={metric.minimum}
          onChange={minimum => onChange({ minimum })}
        />
        <NumberInput
          label={t('start.metricMaximum')}
          placeholder={t('start.noLimit')}
          value={metric.maximum}
          onChange={maximum => onChange({ maximum })}
        />
        <NumberInput
          label={t('start.metricIncrease')}
          placeholder={t('start.noLimit')}
          minimum={0}
          maximum={1000}
          value={metric.maximumIncreasePercent}
          onChange={maximumIncreasePercent =>
            onChange({ maximumIncreasePercent })
          }
        />
        <Button size="small" variant="tertiary" onPress={onRemove}>
          {t('start.removeMetric', { number: String(number) })}
        </Button>
      </div>
    </div>
  );
}
