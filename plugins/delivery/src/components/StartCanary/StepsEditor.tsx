import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonIcon } from '@backstage/ui';
import {
  RiArrowDownLine,
  RiArrowUpLine,
  RiDeleteBinLine,
} from '@remixicon/react';
import { useRef } from 'react';
import {
  newStep,
  PRESETS,
  STEP_KINDS,
  type PlanProblem,
  type StepDraft,
} from '../../model/planDraft';
import { deliveryTranslationRef } from '../../translation';
import styles from './StartCanary.module.css';
import { StepFields } from './StepFields';

const PRESET_NAMES = ['careful', 'quick', 'header'] as const;

/** @public */
export type StepsEditorProps = {
  steps: readonly StepDraft[];
  problem: PlanProblem | undefined;
  onChange: (steps: StepDraft[]) => void;
};

/** The steps of a plan as a list that can be edited by keyboard alone. */
export function StepsEditor(props: StepsEditorProps) {
  const { steps, problem, onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const listRef = useRef<HTMLOListElement>(null);
  const move = (index: number, by: -1 | 1) => {
    const changed = [...steps];
    const [step] = changed.splice(index, 1);
    changed.splice(index + by, 0, step);
    onChange(changed);
  };
  const problemOf = (index: number) =>
    problem && `${problem.field}.`.startsWith(`steps.${index}.`)
      ? problem.sentence
      : undefined;
  return (
    <fieldset className={styles.group}>
      <legend>{t('start.steps')}</legend>
      <div className={styles.row} role="group" aria-label={t('start.presets')}>
        <span className={styles.help}>{t('start.presets')}</span>
        {PRESET_NAMES.map(name => (
          <Button
            key={name}
            size="small"
            variant="secondary"
            onPress={() => onChange(PRESETS[name]())}
          >
            {t(`start.preset.${name}`)}
          </Button>
        ))}
      </div>
      <ol className={styles.steps} ref={listRef} aria-label={t('start.steps')}>
        {steps.map((step, index) => {
          const number = String(index + 1);
          return (
            <li
              key={step.key}
              aria-label={t('start.step', {
                number,
                kind: t(`start.kind.${step.kind}`),
              })}
              data-invalid={problemOf(index) !== undefined || undefined}
            >
              <span className={styles.kind}>
                {number}. {t(`start.kind.${step.kind}`)}
              </span>
              <div className={styles.fields}>
                <StepFields
                  step={step}
                  onChange={change =>
                    onChange(
                      steps.map(other =>
                        other.key === step.key
                          ? { ...other, ...change }
                          : other,
                      ),
                    )
                  }
                />
              </div>
              <div className={styles.tools}>
                <ButtonIcon
                  size="small"
                  variant="tertiary"
                  icon={<RiArrowUpLine />}
                  aria-label={t('start.up', { number })}
                  isDisabled={index === 0}
                  onPress={() => move(index, -1)}
                />
                <ButtonIcon
                  size="small"
                  variant="tertiary"
                  icon={<RiArrowDownLine />}
                  aria-label={t('start.down', { number })}
                  isDisabled={index === steps.length - 1}
                  onPress={() => move(index, 1)}
                />
                <ButtonIcon
                  size="small"
                  variant="tertiary"
                  icon={<RiDeleteBinLine />}
                  aria-label={t('start.remove', { number })}
                  isDisabled={steps.length === 1}
                  onPress={() => {
                    onChange(steps.filter(({ key }) => key !== step.key));
                    // The button that had the focus is gone with its step.
                    listRef.current
                      ?.querySelectorAll<HTMLElement>('li')
                      [Math.max(0, index - 1)]?.querySelector('button')
                      ?.focus();
                  }}
                />
              </div>
              {problemOf(index) && (
                <p className={styles.problem} role="alert">
                  {problemOf(index)}
                </p>
              )}
            </li>
          );
        })}
      </ol>
      <div className={styles.row} role="group" aria-label={t('start.add')}>
        <span className={styles.help}>{t('start.add')}</span>
        {STEP_KINDS.map(kind => (
          <Button
            key={kind}
            size="small"
            variant="tertiary"
            onPress={() => onChange([...steps, newStep(kind)])}
          >
            + {t(`start.kind.${kind}`)}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
