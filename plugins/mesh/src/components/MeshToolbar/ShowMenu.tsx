import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  MenuListBox,
  MenuListBoxItem,
  MenuTrigger,
} from '@backstage/ui';
import { RiArrowDownSLine } from '@remixicon/react';
import { INCLUDABLE, type MeshView } from '../../hooks/useMeshView';
import { meshTranslationRef } from '../../translation';

const TRAFFIC = 'traffic';

/** What is shown besides the usual nodes and figures. */
export function ShowMenu(props: { view: MeshView }) {
  const { view } = props;
  const { t } = useTranslationRef(meshTranslationRef);
  const shown = view.include.length + (view.showTraffic ? 1 : 0);
  const items = [
    ...(view.display === 'graph'
      ? [{ id: TRAFFIC, label: t('toolbar.traffic') }]
      : []),
    ...INCLUDABLE.map(id => ({ id, label: t(`toolbar.include.${id}`) })),
  ];
  const change = (keys: ReadonlySet<unknown>) => {
    const include = INCLUDABLE.filter(id => keys.has(id));
    if (include.join() !== view.include.join()) {
      view.setInclude(include);
    } else if (keys.has(TRAFFIC) !== view.showTraffic) {
      view.setShowTraffic(keys.has(TRAFFIC));
    }
  };
  return (
    <MenuTrigger>
      <Button size="small" variant="secondary" iconEnd={<RiArrowDownSLine />}>
        {t('toolbar.show', { number: String(shown) })}
      </Button>
      <MenuListBox
        aria-label={t('toolbar.showLabel')}
        selectionMode="multiple"
        selectedKeys={[...view.include, ...(view.showTraffic ? [TRAFFIC] : [])]}
        onSelectionChange={keys => {
          change(new Set(keys === 'all' ? items.map(({ id }) => id) : keys));
        }}
      >
        {items.map(({ id, label }) => (
          <MenuListBoxItem key={id} id={id}>
            {label}
          </MenuListBoxItem>
        ))}
      </MenuListBox>
    </MenuTrigger>
  );
}
