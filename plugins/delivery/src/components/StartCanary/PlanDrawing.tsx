import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  planStepSchema,
  stepTitle,
  type CanaryPlanInput,
  type CanaryStep,
} from '@orrery/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../../translation';
import { StepTrack } from '../CanaryScreen/StepTrack';

/** What a plan would look like when it runs. */
export function PlanDrawing(props: { plan: CanaryPlanInput }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const steps = props.plan.steps.map((step, index): CanaryStep => {
    const parsed = planStepSchema.safeParse(step);
    return {
      index,
      kind: step.kind,
      title: parsed.success ? stepTitle(parsed.data) : '?',
      state: 'next',
    };
  });
  const promotion: CanaryStep = {
    index: steps.length,
    kind: 'promotion',
    title: t('start.promotion'),
    state: 'next',
  };
  return (
    <figure aria-label={t('start.drawing')} style={{ margin: 0 }}>
      <StepTrack steps={[...steps, promotion]} />
    </figure>
  );
}
