import { ProxiedSignInPage, UserIdentity } from '@backstage/core-components';
import {
  useApi,
  useTranslationRef,
  type IdentityApi,
} from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Button, Skeleton, Text } from '@backstage/ui';
import { useCallback, useEffect, useState } from 'react';
import { oidcAuthApiRef } from './oidcAuthApi';
import styles from './OrrerySignInPage.module.css';
import { signInTranslationRef } from './translation';

/** How someone signed in the last time; absent before the first and after signing out. */
const CHOICE_KEY = 'orrery.signIn';

type Choice = 'person' | 'guest';

function readChoice(): Choice | undefined {
  const choice = localStorage.getItem(CHOICE_KEY);
  return choice === 'person' || choice === 'guest' ? choice : undefined;
}

/** Signing out forgets the choice, so that another person can be picked. */
function forgettingChoice(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    signOut: async () => {
      localStorage.removeItem(CHOICE_KEY);
      await identity.signOut();
      window.location.assign('/');
    },
  };
}

/**
 * Asks who one is: a person known to the identity provider, or a guest. Whoever
 * came before comes in without a click, for as long as their session lasts.
 */
export function OrrerySignInPage({ onSignInSuccess }: SignInPageProps) {
  const { t } = useTranslationRef(signInTranslationRef);
  const authApi = useApi(oidcAuthApiRef);
  const [choice, setChoice] = useState(readChoice);
  const [problem, setProblem] = useState<string>();

  const succeed = useCallback(
    (identity: IdentityApi, as: Choice) => {
      localStorage.setItem(CHOICE_KEY, as);
      onSignInSuccess(forgettingChoice(identity));
    },
    [onSignInSuccess],
  );

  const signIn = useCallback(
    async (options: { optional?: boolean; instantPopup?: boolean }) => {
      const identity = await authApi.getBackstageIdentity(options);
      if (!identity) {
        return false;
      }
      const profile = await authApi.getProfile();
      succeed(
        UserIdentity.create({ identity: identity.identity, profile, authApi }),
        'person',
      );
      return true;
    },
    [authApi, succeed],
  );

  useEffect(() => {
    if (choice === 'person') {
      signIn({ optional: true }).then(
        isIn => !isIn && setChoice(undefined),
        () => setChoice(undefined),
      );
    }
  }, [choice, signIn]);

  const pick = () => {
    setProblem(undefined);
    signIn({ instantPopup: true }).catch((error: Error) =>
      setProblem(error.message),
    );
  };

  if (choice === 'guest') {
    return (
      <ProxiedSignInPage
        provider="guest"
        onSignInSuccess={identity => succeed(identity, 'guest')}
      />
    );
  }
  return (
    <main className={styles.page}>
      {choice === 'person' ? (
        <Skeleton width={320} height={120} />
      ) : (
        <div className={styles.card}>
          <Text as="h1" variant="title-medium">
            {t('title')}
          </Text>
          {problem && (
            <div role="alert">
              <Alert
                status="danger"
                icon
                title={t('failed', { reason: problem })}
              />
            </div>
          )}
          <div className={styles.choice}>
            <Button onPress={pick}>{t('person')}</Button>
            <Text variant="body-small" color="secondary">
              {t('personHelp')}
            </Text>
          </div>
          <div className={styles.choice}>
            <Button variant="secondary" onPress={() => setChoice('guest')}>
              {t('guest')}
            </Button>
            <Text variant="body-small" color="secondary">
              {t('guestHelp')}
            </Text>
          </div>
        </div>
      )}
    </main>
  );
}
