import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Skeleton,
  Text,
} from '@backstage/ui';
import type { Release } from '@orrery/backstage-plugin-delivery-common';
import { ProblemPanel, TextDiff } from '@orrery/backstage-plugin-orrery-react';
import { useReleaseDetails } from '../../hooks/useReleaseFacts';
import { deliveryTranslationRef } from '../../translation';
import { ReleaseCommits } from './ReleaseCommits';

/** What a release changed in the pod template. */
export function ReleaseDiffDialog(props: {
  release: Release;
  onClose: () => void;
}) {
  const { release, onClose } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { value, error, retry } = useReleaseDetails(release.id);
  const title = t('release.diffOf', {
    version: release.version ?? t('release.noVersion'),
    name: release.app,
  });
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={820}>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text>{release.outcome}</Text>
          {error && (
            <ProblemPanel
              sources={[
                {
                  name: t('release.diff'),
                  state: 'failed',
                  reason: error.message,
                },
              ]}
              warnings={[]}
              onRetry={retry}
            />
          )}
          {!value && !error && (
            <div role="status" aria-label={t('release.diffLoading')}>
              <Skeleton height={200} />
            </div>
          )}
          {value && (
            <ReleaseCommits release={value.release} previous={value.previous} />
          )}
          {value && value.templateBefore === undefined && (
            <Text>{t('release.diffNone')}</Text>
          )}
          {value && (
            <TextDiff
              before={value.templateBefore ?? ''}
              after={value.template}
            />
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          {t('release.close')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
