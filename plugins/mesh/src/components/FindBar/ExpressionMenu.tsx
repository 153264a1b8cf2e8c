import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ButtonIcon,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
} from '@backstage/ui';
import { FIND_PRESETS } from '@orrery/backstage-plugin-mesh-common';
import { RiBookmarkLine } from '@remixicon/react';
import { meshTranslationRef } from '../../translation';
import type { SavedExpressions } from './useSavedExpressions';

/** Ready-made, recent and saved expressions, and saving the present one. */
export function ExpressionMenu(props: {
  use: 'find' | 'hide';
  applied: string;
  kept: SavedExpressions;
  onChoose: (expression: string) => void;
}) {
  const { use, applied, kept, onChoose } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const presets = FIND_PRESETS.filter(
    preset => preset.use === use || preset.use === 'both',
  );
  const isSaved = kept.saved.includes(applied);
  const keep = applied !== '' && (
    <MenuItem
      id="keep"
      onAction={() => (isSaved ? kept.forget(applied) : kept.save(applied))}
    >
      {t(isSaved ? 'find.forget' : 'find.save', { expression: applied })}
    </MenuItem>
  );
  const list = (name: string, expressions: readonly string[]) =>
    expressions.map(expression => (
      <MenuItem
        key={expression}
        id={`${name} ${expression}`}
        textValue={expression}
        onAction={() => onChoose(expression)}
      >
        <code>{expression}</code>
      </MenuItem>
    ));
  return (
    <MenuTrigger>
      <ButtonIcon
        size="small"
        variant="tertiary"
        icon={<RiBookmarkLine />}
        aria-label={t(use === 'find' ? 'find.findMenu' : 'find.hideMenu')}
      />
      <Menu>
        {keep}
        {kept.saved.length > 0 && (
          <MenuSection title={t('find.saved')}>
            {list('saved', kept.saved)}
          </MenuSection>
        )}
        {kept.recent.length > 0 && (
          <MenuSection title={t('find.recent')}>
            {list('recent', kept.recent)}
          </MenuSection>
        )}
        <MenuSection title={t('find.presets')}>
          {presets.map(({ id, expression }) => (
            <MenuItem
              key={id}
              id={`preset ${id}`}
              textValue={t(`find.preset.${id}`)}
              onAction={() => onChoose(expression)}
            >
              {t(`find.preset.${id}`)}
            </MenuItem>
          ))}
        </MenuSection>
      </Menu>
    </MenuTrigger>
  );
}
