import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Tail } from '../../hooks/useTail';
import { logsTranslationRef } from '../../translation';
import styles from './PodsMode.module.css';

/** Containers that are not simply followed, with the reason. */
export function ContainerStates(props: { states: Tail['containers'] }) {
  const { t } = useTranslationRef(logsTranslationRef);
  const states = [...props.states.values()];
  const following = states.filter(({ state }) => state === 'following').length;
  const odd = states.filter(({ state }) => state !== 'following');
  return (
    <div className={styles.hint} role="status">
      {t('pods.following', { number: String(following) })}
      {odd.slice(0, 5).map(({ pod, container, state, reason }) => (
        <div key={`${pod}/${container}`}>
          {`${pod} ${container}: ${t(`pods.state.${state}`)}${
            reason ? ` (${reason})` : ''
          }`}
        </div>
      ))}
    </div>
  );
}
