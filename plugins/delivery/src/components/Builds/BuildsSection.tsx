import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Card, CardBody, Skeleton, Text } from '@backstage/ui';
import type {
  Build,
  BuildPlaceInput,
  BuildsResponse,
  ServicePlaceInput,
} from '@orrery/backstage-plugin-delivery-common';
import {
  ActionDialog,
  ProblemPanel,
  usePermittedActions,
  useUrlParameter,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useEffect, useState } from 'react';
import { deliveryTranslationRef } from '../../translation';
import { BuildBranches } from './BuildBranches';
import { BuildLog } from './BuildLog';
import { BuildQueue } from './BuildQueue';
import styles from './Builds.module.css';
import { BuildStages } from './BuildStages';
import { BuildTable } from './BuildTable';
import { StartBuildDialog } from './StartBuildDialog';

const FIRST = 10;

/** @public */
export type BuildsSectionProps = {
  place: ServicePlaceInput;
  /** Asked for once by the page, for more than this section shows it. */
  builds: AsyncValue<BuildsResponse>;
  /** Another branch of a multibranch job is wanted, by its name in Jenkins. */
  onBranch: (branch: string) => void;
};

/** What waits to be built, what is building and what was built. */
export function BuildsSection(props: BuildsSectionProps) {
  const { builds, onBranch } = props;
  const { value, error, retry } = builds;
  const branch = value?.branch;
  // What is done here is done to the branch whose builds these are.
  const place = branch === undefined ? props.place : { ...props.place, branch };
  const { t } = useTranslationRef(deliveryTranslationRef);
  const branchTitle = value?.branches?.find(
    ({ name }) => name === branch,
  )?.title;
  const job =
    branch === undefined
      ? value?.job ?? ''
      : t('build.ofBranch', {
          job: value?.job ?? '',
          branch: branchTitle ?? branch,
        });
  const [chosen, setChosen] = useUrlParameter('build', '');
  const [isStarting, setStarting] = useState(false);
  const [aborted, setAborted] = useState<number>();
  const [cancelled, setCancelled] = useState<number>();
  const [isAll, setAll] = useState(false);
  const { value: permitted, error: permitProblem } = usePermittedActions(
    'delivery',
    [
      { action: 'start-build', input: props.place },
      { action: 'abort-build', input: { ...props.place, number: 1 } },
      { action: 'cancel-build', input: { ...props.place, id: 1 } },
    ],
  );
  const [mayStart, mayAbort, mayCancel] = permitted ?? [];
  const refusal = permitProblem
    ? t('permitted.unknown', { reason: permitProblem.message })
    : mayStart?.allowed === false &&
      (mayStart.reason ?? t('permitted.deniedUnsaid'));
  const running = value?.builds.find(({ state }) => state === 'running');
  // The one that runs is open, and stays open when it is over, until someone
  // opens another or closes it.
  const [followed, setFollowed] = useState<number>();
  useEffect(() => {
    if (running) {
      setFollowed(running.number);
    }
  }, [running]);
  const open = chosen === '' ? followed : Number(chosen) || undefined;
  const shown =
    value?.builds.filter(
      ({ number }, index) => isAll || index < FIRST || number === open,
    ) ?? [];
  const isKnown = value?.provenance.sources.every(
    ({ state }) => state === 'ok',
  );
  return (
    <Card>
      <CardBody>
        <section
          id="delivery-builds"
          aria-label={t('build.title')}
          className={styles.section}
        >
          <div className={styles.head}>
            <h2 className={styles.title}>{t('build.title')}</h2>
            {value && (
              <span className={styles.small}>
                {value.url ? (
                  <a
                    className={styles.link}
                    href={value.url}
                    target="_blank"
                    rel="noreferrer"
                  >
                    {job}
                  </a>
                ) : (
                  job
                )}
              </span>
            )}
            <span className={styles.fill} />
            {isKnown && !value?.isBuildable && (
              <Text>{t('build.disabled')}</Text>
            )}
            {isKnown && value?.isBuildable && mayStart?.allowed && (
              <Button size="small" onPress={() => setStarting(true)}>
                {t('build.start', { app: place.app })}
              </Button>
            )}
            {isKnown && refusal && (
              <span className={styles.small}>
                {t('build.mayNot', { reason: refusal })}
              </span>
            )}
          </div>
          {error && (
            <ProblemPanel
              sources={[
                {
                  name: t('build.title'),
                  state: 'failed',
                  reason: error.message,
                },
              ]}
              warnings={[]}
              onRetry={retry}
            />
          )}
          {value && <ProblemPanel {...value.provenance} onRetry={retry} />}
          {!value && !error && (
            <div role="status" aria-label={t('build.loading')}>
              <Skeleton height={120} />
            </div>
          )}
          {value?.branches && (
            <BuildBranches
              branches={value.branches}
              chosen={branch}
              onChoose={name => {
                setChosen('');
                setFollowed(undefined);
                onBranch(name);
              }}
            />
          )}
          {value && (
            <BuildQueue
              queue={value.queue}
              renderActions={({ id }) =>
                mayCancel?.allowed && (
                  <Button
                    size="small"
                    variant="secondary"
                    onPress={() => setCancelled(id)}
                  >
                    {t('build.cancel', { id: String(id) })}
                  </Button>
                )
              }
            />
          )}
          {isKnown && value?.builds.length === 0 && (
            <Text>{t('build.none')}</Text>
          )}
          {shown.length > 0 && (
            <BuildTable
              builds={shown}
              open={open}
              onToggle={number =>
                setChosen(number === open ? 'none' : String(number))
              }
              renderOpen={build => <OpenBuild place={place} build={build} />}
              renderActions={build =>
                build.state === 'running' &&
                mayAbort?.allowed && (
                  <Button
                    size="small"
                    variant="secondary"
                    onPress={() => setAborted(build.number)}
                  >
                    {t('build.abort', { number: String(build.number) })}
                  </Button>
                )
              }
            />
          )}
          {value && value.builds.length > FIRST && (
            <div>
              <Button
                size="small"
                variant="tertiary"
                onPress={() => setAll(before => !before)}
              >
                {isAll
                  ? t('build.fewer')
                  : t('build.more', {
                      number: String(value.builds.length - FIRST),
                    })}
              </Button>
            </div>
          )}
        </section>
        {isStarting && value && (
          <StartBuildDialog
            place={place}
            job={{ ...value, job }}
            onClose={() => {
              setStarting(false);
              setChosen('');
              retry();
            }}
          />
        )}
        {cancelled !== undefined && value && (
          <ActionDialog
            title={t('build.cancelOf', {
              id: String(cancelled),
              job,
            })}
            pluginId="delivery"
            action="cancel-build"
            input={{ ...place, id: cancelled }}
            onClose={() => {
              setCancelled(undefined);
              retry();
            }}
          />
        )}
        {aborted !== undefined && value && (
          <ActionDialog
            title={t('build.abortOf', {
              number: String(aborted),
              job,
            })}
            pluginId="delivery"
            action="abort-build"
            input={{ ...place, number: aborted }}
            onClose={() => {
              setAborted(undefined);
              retry();
            }}
          />
        )}
      </CardBody>
    </Card>
  );
}

function OpenBuild(props: { place: BuildPlaceInput; build: Build }) {
  const { place, build } = props;
  return (
    <div className={styles.openBuild}>
      {/* A build that is over has other stages than it had while it ran. */}
      <BuildStages
        key={`${build.number} ${build.state}`}
        place={place}
        build={build}
      />
      <BuildLog place={place} number={build.number} url={build.url} />
    </div>
  );
}
