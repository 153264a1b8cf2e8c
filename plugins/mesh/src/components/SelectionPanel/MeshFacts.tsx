import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { GraphNode } from '@orrery/backstage-plugin-mesh-common';
import { meshTranslationRef } from '../../translation';
import { Section } from './Section';
import styles from './SelectionPanel.module.css';

/** How a node takes part in the mesh; what is not known has no line. */
export function MeshFacts(props: {
  node: GraphNode;
  /** Where several are told of: which. */
  title?: string;
}) {
  const { node } = props;
  const { proxies, mutualTls } = node;
  const { t } = useTranslationRef(meshTranslationRef);
  const unequal = (values: readonly string[]) =>
    values.length > 1
      ? t('panel.skew', { list: values.join(', ') })
      : values.join(', ');
  const synced =
    proxies?.synced !== undefined && proxies.connected !== undefined
      ? t('panel.syncedOf', {
          synced: String(proxies.synced),
          connected: String(proxies.connected),
          total: String(proxies.count),
        })
      : t('panel.syncUnknown');
  const facts: [string, string | undefined][] = [
    [t('panel.dataPlane'), t(`panel.${node.dataPlane}`)],
    [
      t('panel.measured'),
      node.layer && t(node.layer === 'l4' ? 'panel.layer4' : 'panel.layer7'),
    ],
    [t('panel.goesThrough'), node.waypoint],
    [t('panel.revision'), node.revision],
    [t('panel.injectedBy'), proxies && unequal(proxies.revisions)],
    [t('panel.proxyVersion'), proxies && unequal(proxies.versions)],
    [t('panel.proxySync'), proxies && synced],
    [
      t('panel.accepts'),
      mutualTls &&
        t('panel.mtlsModeFrom', {
          mode: t(`panel.mtlsMode.${mutualTls.mode}`),
          object:
            mutualTls.from === 'default'
              ? t('panel.mtlsDefault')
              : mutualTls.from,
        }),
    ],
  ];
  return (
    <Section title={props.title ?? t('panel.inMesh')}>
      <dl className={styles.pairs}>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Section>
  );
}
