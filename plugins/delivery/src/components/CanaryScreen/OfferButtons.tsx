import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type {
  Canary,
  CanaryOffer,
} from '@orrery/backstage-plugin-delivery-common';
import type { PermittedAnswer } from '@orrery/backstage-plugin-orrery-common';
import { usePermittedActions } from '@orrery/backstage-plugin-orrery-react';
import { useId } from 'react';
import { deliveryTranslationRef } from '../../translation';
import styles from './CanaryPanel.module.css';

type OfferButtonsProps = {
  canary: Canary;
  onChoose: (offer: CanaryOffer) => void;
};

/**
 * What can be done to a canary by whoever looks at it. What cannot says why;
 * until it is known who may, nothing can be pressed.
 */
export function OfferButtons(props: OfferButtonsProps) {
  const { canary, onChoose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { value, error, retry } = usePermittedActions(
    'delivery',
    canary.offers.map(({ verb }) => ({
      action: `canary-${verb}`,
      input: {
        canary: canary.ref,
        // Whoever may set one weight may set any.
        ...(verb === 'set-weight' && { weight: 0 }),
      },
    })),
  );
  return (
    <div className={styles.offers}>
      {error && (
        <Alert
          status="warning"
          icon
          title={t('permitted.unknown', { reason: error.message })}
          customActions={
            <Button size="small" variant="secondary" onPress={retry}>
              {t('permitted.again')}
            </Button>
          }
        />
      )}
      {canary.offers.map((offer, index) => (
        <OfferButton
          key={offer.verb}
          offer={offer}
          // The server refuses what is not permitted; a failed question must not hide the brake.
          answer={
            error ? { allowed: true, needsApproval: false } : value?.[index]
          }
          onPress={() => onChoose(offer)}
        />
      ))}
    </div>
  );
}

function OfferButton(props: {
  offer: CanaryOffer;
  answer: PermittedAnswer | undefined;
  onPress: () => void;
}) {
  const { offer, answer, onPress } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const noteId = useId();
  const denial =
    answer?.allowed === false
      ? answer.reason ?? t('permitted.deniedUnsaid')
      : undefined;
  const approval = answer?.needsApproval
    ? answer.reason ?? t('permitted.needsApproval')
    : undefined;
  const note = offer.refusal ?? denial ?? approval;
  return (
    <div className={styles.offer}>
      <Button
        size="small"
        variant={offer.isPrimary ? 'primary' : 'secondary'}
        className={offer.isDangerous ? styles.dangerous : undefined}
        isDisabled={
          offer.refusal !== undefined || answer === undefined || !answer.allowed
        }
        aria-describedby={note ? noteId : undefined}
        onPress={onPress}
      >
        {offer.effect}
      </Button>
      {note && (
        <span id={noteId} className={styles.note}>
          {note}
        </span>
      )}
    </div>
  );
}
