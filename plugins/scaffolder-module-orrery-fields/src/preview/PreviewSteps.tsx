import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  CONSENT_ACTION,
  type TemplateStep,
  type TemplateWrite,
} from '@orrery/backstage-plugin-orrery-common';
import { TextDiff } from '@orrery/backstage-plugin-orrery-react';
import { templateFieldsTranslationRef } from '../translation';
import { PreviewText } from './PreviewText';
import { Unfolded } from './Unfolding';

const GLYPHS = { runs: '✓', skipped: '–', untold: '?' } as const;
/** Their texts are told as objects. */
const OBJECT_ACTIONS = new Set(['apply-objects', 'delete-objects']);

function Write({ write }: { write: TemplateWrite }) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  const { problem, before = '', after = '', warnings, needsApproval } = write;
  const isConsent = write.action === CONSENT_ACTION.action;
  const isDiff =
    !isConsent && !OBJECT_ACTIONS.has(write.action) && before !== after;
  return (
    <>
      {problem === undefined ? (
        <p>{write.summary}</p>
      ) : (
        <p className="orrery-preview-problem">
          {t('preview.unknown', { reason: problem })}
        </p>
      )}
      {needsApproval && <p>{t('preview.approval')}</p>}
      {isConsent && !needsApproval && problem === undefined && (
        <p>{t('preview.noApproval')}</p>
      )}
      {warnings.map(warning => (
        <p key={warning} className="orrery-preview-problem">
          {warning}
        </p>
      ))}
      {isDiff && (
        <Unfolded says={t('preview.change')}>
          <TextDiff before={before} after={after} />
        </Unfolded>
      )}
    </>
  );
}

/** What every step would do, in order. */
export function PreviewSteps({ steps }: { steps: readonly TemplateStep[] }) {
  const { t } = useTranslationRef(templateFieldsTranslationRef);
  return (
    <ol className="orrery-preview-list">
      {steps.map(step => {
        const { id, writes, input } = step;
        const isUntold =
          writes.length > 0 &&
          writes.every(({ problem }) => problem !== undefined);
        const state = isUntold ? 'untold' : step.state;
        // What is told of a write says more than the line about it.
        const lines = writes.length > 0 ? [] : step.lines;
        const hasMore =
          writes.length > 0 || lines.length > 0 || input !== undefined;
        return (
          <li key={id} data-state={state}>
            <div className="orrery-preview-row">
              <span className="orrery-preview-name">{step.name}</span>
              <span className="orrery-preview-state">
                <span aria-hidden>{GLYPHS[state]}</span> {t(`preview.${state}`)}
              </span>
            </div>
            {hasMore && (
              <div className="orrery-preview-inside">
                {writes.map((write, index) => (
                  <Write key={`${write.action}-${index}`} write={write} />
                ))}
                {lines.map(({ level, text }, index) => (
                  <p
                    key={index}
                    className={
                      level === 'info' ? undefined : 'orrery-preview-problem'
                    }
                  >
                    {text}
                  </p>
                ))}
                {input !== undefined && (
                  <Unfolded says={t('preview.given', { action: step.action })}>
                    <PreviewText label={step.action}>{input}</PreviewText>
                  </Unfolded>
                )}
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
