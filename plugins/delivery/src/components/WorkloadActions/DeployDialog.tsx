import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Checkbox, Select, Text, TextField } from '@backstage/ui';
import { imageVersion } from '@orrery/backstage-plugin-delivery-common';
import { useFormat } from '@orrery/backstage-plugin-orrery-react';
import { useState } from 'react';
import { useImages } from '../../hooks/useWorkloads';
import { revisionsBetween } from '../../model/revisionsBetween';
import { deployableContainers } from '../../model/workloadVerbs';
import { deliveryTranslationRef } from '../../translation';
import { ChangesList } from '../SourceChanges';
import { ContainerSelect } from './ContainerSelect';
import type { WorkloadDialogProps } from './WorkloadActionDialog';
import { WorkloadChangeDialog } from './WorkloadChangeDialog';

/** More than these the dialog only counts. */
const MOST_COMMITS = 5;

/** @public */
export type DeployDialogProps = WorkloadDialogProps & {
  container?: string;
  image?: string;
};

/** Another image for a container, typed or picked from the registry's tags. */
export function DeployDialog(props: DeployDialogProps) {
  const { details, onClose } = props;
  const { name, namespace, ref, cluster, app } = details.summary;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useFormat();
  const containers = deployableContainers(details);
  const imageOf = (wanted: string | undefined) =>
    containers.find(container => container.name === wanted)?.image ?? '';
  const [container, setContainer] = useState(
    props.container ?? containers[0]?.name,
  );
  const [image, setImage] = useState(props.image ?? imageOf(container));
  const [pinDigest, setPinDigest] = useState(false);
  const tags = useImages(ref, container);
  const items = tags.value?.items ?? [];
  const wanted = image.trim();
  const isChanged = wanted !== '' && wanted !== imageOf(container);
  const revisions = revisionsBetween(
    items,
    ref,
    items.find(tag => tag.image === wanted),
  );
  return (
    <WorkloadChangeDialog
      title={
        isChanged
          ? t('workloadAction.title.deploy', {
              version: imageVersion(wanted),
              name,
              namespace,
            })
          : t('workloadAction.of.deploy', { name, namespace })
      }
      workload={ref}
      managedBy={details.summary.managedBy}
      action="deploy-image"
      input={isChanged ? { container, image: wanted, pinDigest } : undefined}
      onClose={onClose}
    >
      <ContainerSelect
        containers={containers}
        value={container}
        onChange={next => {
          setContainer(next);
          setImage(imageOf(next));
        }}
      />
      {items.length > 0 && (
        <Select
          label={t('workloadAction.tag')}
          options={items.map(tag => ({
            value: tag.image,
            label: [
              tag.tag,
              tag.digest?.replace('sha256:', '').slice(0, 12),
              tag.createdAt && format.ago(tag.createdAt, Date.now()),
              tag.image === imageOf(container) && t('workloadAction.runsNow'),
            ]
              .filter(Boolean)
              .join(' · '),
          }))}
          selectedKey={
            items.some(tag => tag.image === image) ? image : undefined
          }
          onSelectionChange={key => setImage(String(key))}
        />
      )}
      {tags.error && (
        <Text>
          {t('workloadAction.noTags', { reason: tags.error.message })}
        </Text>
      )}
      <TextField
        label={t('workloadAction.image')}
        description={t('workloadAction.imageNow', {
          image: imageOf(container),
        })}
        value={image}
        onChange={setImage}
      />
      {revisions && (
        <ChangesList
          place={{ cluster, namespace, app }}
          revisions={revisions}
          most={MOST_COMMITS}
        />
      )}
      <Checkbox isSelected={pinDigest} onChange={setPinDigest}>
        {t('workloadAction.pinDigest')}
      </Checkbox>
    </WorkloadChangeDialog>
  );
}
