import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Card, CardBody, NumberField, Text } from '@backstage/ui';
import type {
  Canary,
  CanaryOffer,
  PlanRouting,
} from '@orrery/backstage-plugin-delivery-common';
import { ActionDialog, useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useState, type ReactNode } from 'react';
import { deliveryTranslationRef } from '../../translation';
import styles from './CanaryPanel.module.css';
import { CanaryReleases } from './CanaryReleases';
import { OfferButtons } from './OfferButtons';

const PHASE_STATUS = {
  Progressing: 'info',
  Paused: 'warning',
  Aborted: 'danger',
  Failed: 'danger',
  Done: 'success',
  Idle: 'info',
  Unknown: 'warning',
} as const;

const VERDICT_STATUS = {
  go: 'success',
  hold: 'info',
  abort: 'danger',
} as const;

/** What a canary waits for, what the judge says, and what can be done. */
export function CanaryPanel(props: { canary: Canary; onChanged: () => void }) {
  const { canary, onChanged } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const [chosen, setChosen] = useState<CanaryOffer>();
  const { waitsFor, verdict } = canary;
  const since = waitsFor?.since ?? canary.changedAt;
  return (
    <Card>
      <CardBody>
        <div className={styles.panel}>
          <Alert
            status={PHASE_STATUS[canary.phase]}
            icon
            title={t(`phase.${canary.phase}`)}
            description={[
              canary.reason,
              since && t('canary.since', { time: format.time(since) }),
              waitsFor?.until &&
                t('canary.until', { time: format.time(waitsFor.until) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          />
          {verdict && (
            <Alert
              status={VERDICT_STATUS[verdict.state]}
              icon
              title={t(`verdict.${verdict.state}`)}
              description={verdict.sentence}
            />
          )}
          {canary.warnings.map(warning => (
            <Alert
              key={warning.code}
              status="warning"
              icon
              title={warning.message}
            />
          ))}
          <OfferButtons canary={canary} onChoose={setChosen} />
          {canary.offers.length === 0 && <Text>{t('canary.noOffers')}</Text>}
          {canary.policy && <p className={styles.policy}>{canary.policy}</p>}
          <dl className={styles.facts}>
            {canary.startedBy && (
              <Fact name={t('canary.startedBy')} value={canary.startedBy} />
            )}
            {canary.startedAt && (
              <Fact
                name={t('canary.startedAt')}
                value={format.instant(canary.startedAt)}
              />
            )}
            {canary.purpose && (
              <Fact name={t('canary.purpose')} value={canary.purpose} />
            )}
            {canary.routing && <RoutingFact routing={canary.routing} />}
            <Fact
              name={t('canary.pods')}
              value={podsOf(canary, t('canary.unknown'))}
            />
            <Fact
              name={t('canary.releases')}
              value={<CanaryReleases canaryRef={canary.ref} app={canary.app} />}
            />
          </dl>
        </div>
        {chosen && (
          <OfferDialog
            canary={canary}
            offer={chosen}
            onClose={() => {
              setChosen(undefined);
              onChanged();
            }}
          />
        )}
      </CardBody>
    </Card>
  );
}

function Fact(props: { name: string; value: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}

/** What shares out the requests, and what it tells versions apart by. */
function RoutingFact(props: { routing: PlanRouting }) {
  const { routing } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <Fact
      name={t('canary.routedBy')}
      value={
        routing.kind === 'HTTPRoute'
          ? t('canary.routedHttpRoute', {
              route: routing.httpRoute.name,
              ...routing.services,
            })
          : t('canary.routedVirtualService', {
              route: routing.virtualService.name,
              rule: routing.destinationRule.name,
              ...routing.subsets,
            })
      }
    />
  );
}

function podsOf({ stable, canary }: Canary, unknown: string): string {
  const counts = (side: Canary['stable'] | undefined) =>
    side?.desiredPods === undefined
      ? unknown
      : `${side.readyPods ?? '?'}/${side.desiredPods}`;
  return canary
    ? `${canary.version} ${counts(canary)} · ${stable.version} ${counts(
        stable,
      )}`
    : `${stable.version} ${counts(stable)}`;
}

function OfferDialog(props: {
  canary: Canary;
  offer: CanaryOffer;
  onClose: () => void;
}) {
  const { canary, offer, onClose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [weight, setWeight] = useState(Math.round(canary.weights.desired ?? 0));
  const isWeight = offer.verb === 'set-weight';
  const title = isWeight
    ? t('canary.sendWeight', {
        weight: String(weight),
        version: canary.canaryVersion ?? t('canary.canary'),
      })
    : offer.effect;
  return (
    <ActionDialog
      title={title}
      pluginId="delivery"
      action={`canary-${offer.verb}`}
      input={{ canary: canary.ref, ...(isWeight && { weight }) }}
      onClose={onClose}
    >
      {isWeight && (
        <NumberField
          label={t('canary.weight')}
          minValue={0}
          maxValue={100}
          step={1}
          value={weight}
          onChange={setWeight}
        />
      )}
    </ActionDialog>
  );
}
