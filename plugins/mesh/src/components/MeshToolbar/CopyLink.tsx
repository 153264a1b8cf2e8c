import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon } from '@backstage/ui';
import { RiCheckLine, RiLink } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { meshTranslationRef } from '../../translation';

const COPIED_MILLISECONDS = 2000;

/** The page's URL says everything about it, so a link is the whole view. */
export function CopyLink() {
  const { t } = useTranslationRef(meshTranslationRef);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    const timer =
      isCopied && setTimeout(() => setCopied(false), COPIED_MILLISECONDS);
    return () => clearTimeout(timer || undefined);
  }, [isCopied]);
  return (
    <ButtonIcon
      size="small"
      variant="secondary"
      icon={isCopied ? <RiCheckLine /> : <RiLink />}
      aria-label={isCopied ? t('toolbar.copied') : t('toolbar.copyLink')}
      onPress={() =>
        navigator.clipboard
          .writeText(window.location.href)
          .then(() => setCopied(true))
      }
    />
  );
}
