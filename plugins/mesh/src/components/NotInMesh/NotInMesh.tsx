import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { Binding } from '@orrery/backstage-plugin-orrery-common';
import { meshTranslationRef } from '../../translation';

/** Says under which name the mesh was asked, and how to give it another. */
export function NotInMesh(props: { binding: Binding }) {
  const { app, namespace } = props.binding;
  const { t } = useTranslationRef(meshTranslationRef);
  return (
    <div>
      <Text as="p">{t('card.notInMesh')}</Text>
      <Text as="p">{t('card.notInMeshHelp', { app, namespace })}</Text>
    </div>
  );
}
