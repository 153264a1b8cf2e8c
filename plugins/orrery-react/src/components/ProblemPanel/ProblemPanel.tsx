import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type {
  Provenance,
  SourceStatus,
} from '@orrery/backstage-plugin-orrery-common';
import { useFormat } from '../../hooks';
import { orreryReactTranslationRef } from '../../translation';
import styles from './ProblemPanel.module.css';

/** @public */
export type ProblemPanelProps = Provenance & {
  onRetry?: () => void;
};

/**
 * Names the parts of an answer that are missing or old, and why. Shows
 * nothing when all is well. A kind that a cluster simply does not have is
 * not a problem unless a reason says so.
 *
 * @public
 */
export function ProblemPanel(props: ProblemPanelProps) {
  const { t } = useTranslationRef(orreryReactTranslationRef);
  const format = useFormat();
  const problems = props.sources.filter(source => source.state !== 'ok');
  if (problems.length === 0 && props.warnings.length === 0) {
    return null;
  }
  const sentence = ({ name, state, asOf }: SourceStatus) => {
    switch (state) {
      case 'stale':
        return t('problems.stale', {
          name,
          ago: asOf ? format.ago(asOf, Date.now()) : '',
        });
      case 'forbidden':
        return t('problems.forbidden', { name });
      case 'absent':
        return t('problems.absent', { name });
      default:
        return t('problems.failed', { name });
    }
  };
  return (
    <Alert
      status="warning"
      icon
      title={t('problems.title')}
      description={
        <ul className={styles.list}>
          {problems.map(source => (
            <li key={source.name}>
              {sentence(source)}
              {source.reason && `: ${source.reason}`}
            </li>
          ))}
          {props.warnings.map(warning => (
            <li key={`${warning.code} ${warning.ref ?? ''}`}>
              {warning.message}
            </li>
          ))}
        </ul>
      }
      customActions={
        props.onRetry && (
          <Button size="small" variant="secondary" onPress={props.onRetry}>
            {t('problems.retry')}
          </Button>
        )
      }
    />
  );
}
