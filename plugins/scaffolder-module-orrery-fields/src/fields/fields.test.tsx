import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { orreryApiRef } from '@orrery/backstage-plugin-orrery-react';
import { localeProblems } from '@orrery/backstage-plugin-orrery-react/testUtils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ComponentType } from 'react';
import { templateFieldsApiRef, type TemplateFieldsApi } from '../api';
import zh from '../locales/zh';
import { templateFieldsTranslationRef } from '../translation';
import { CANARY_STRATEGIES, strategyName } from './canaryStrategies';
import { CanaryStrategyField } from './CanaryStrategyField';
import { GitLabGroupField } from './GitLabGroupField';
import { HostField } from './HostField';
import { NamespaceField } from './NamespaceField';
import { portProblem } from './PortField';
import { nameProblem } from './serviceName';
import { ServiceNameField } from './ServiceNameField';
import { validateHost, validatePlace } from './validations';

const NAMES = {
  project: 'wealth/coupon',
  job: 'coupon.wealth',
  image: 'wealth/coupon',
  consulPrefix: 'wealth-test.coupon/',
  system: 'wealth',
  environment: 'test',
  isProtected: false,
  host: 'coupon.wealth-test.example',
  checks: [
    { what: 'GitLab project', name: 'wealth/coupon', state: 'free' as const },
  ],
};

function play(over: Partial<TemplateFieldsApi> = {}): TemplateFieldsApi {
  return {
    names: async ({ host }) => ({
      ...NAMES,
      checks: [
        ...NAMES.checks,
        ...(host
          ? [
              {
                what: 'Host',
                name: host,
                state: host.startsWith('pay') ? ('taken' as const) : 'free',
                reason: 'VirtualService payment in wealth serves it',
              } as const,
            ]
          : []),
      ],
    }),
    prefix: async () => ({
      prefix: 'wealth-test.coupon/',
      state: 'free',
      keys: 0,
    }),
    groups: async () => ({
      host: 'gitlab.example',
      groups: [
        { path: 'loan', name: 'loan' },
        { path: 'wealth', name: 'Wealth' },
      ],
    }),
    preview: async () => {
      throw new Error('nothing is previewed here');
    },
    ...over,
  };
}

const orrery = {
  scope: async () => ({
    sources: [],
    warnings: [],
    readOnly: false,
    clusters: [
      {
        name: 'kepler',
        title: 'Kepler',
        prometheus: true,
        namespaces: ['loan', 'wealth', 'wealth-test'].map(name => ({
          name,
          dataPlane: 'sidecar' as const,
        })),
      },
    ],
  }),
  permitted: async (_plugin: string, questions: { input: unknown }[]) =>
    questions.map(({ input }) => {
      const namespace = String(Reflect.get(input as object, 'namespace'));
      return {
        allowed: namespace !== 'loan',
        needsApproval: namespace === 'wealth',
      };
    }),
};

/** A field in a form with other values. */
async function renderField(
  Field: ComponentType<never>,
  options: {
    value?: unknown;
    form?: object;
    uiSchema?: object;
    api?: TemplateFieldsApi;
  } = {},
) {
  const seen: unknown[] = [];
  function Form() {
    const [value, setValue] = useState(options.value);
    const Any = Field as ComponentType<Record<string, unknown>>;
    return (
      <Any
        formData={value}
        onChange={(next: unknown) => {
          seen.push(next);
          setValue(next);
        }}
        schema={{}}
        uiSchema={options.uiSchema ?? {}}
        formContext={{ formData: options.form ?? {} }}
      />
    );
  }
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [templateFieldsApiRef, options.api ?? play()],
        [orreryApiRef, orrery as never],
      ]}
    >
      <Form />
    </TestApiProvider>,
  );
  return seen;
}

const form = {
  name: 'coupon',
  place: { cluster: 'kepler', namespace: 'wealth-test' },
};

describe('fields of templates', () => {
  it('speak Chinese too', () => {
    expect(localeProblems(templateFieldsTranslationRef, zh)).toEqual([]);
  });

  it.each([
    ['coupon', undefined],
    ['c', undefined],
    ['', 'name.empty'],
    ['Coupon', 'name.shape'],
    ['1coupon', 'name.shape'],
    ['coupon-', 'name.shape'],
    ['a'.repeat(41), 'name.long'],
  ])('the name %j: %s', (name, problem) => {
    expect(nameProblem(name)).toBe(problem);
  });

  it.each([
    [8080, undefined],
    [undefined, 'port.range'],
    [80, 'port.range'],
    [8080.5, 'port.range'],
    [15_090, 'port.proxy'],
  ])('the port %s: %s', (port, problem) => {
    expect(portProblem(port)).toBe(problem);
  });

  it('say what is wrong with a name while it is typed', async () => {
    const seen = await renderField(ServiceNameField);
    await userEvent.type(screen.getByRole('textbox'), 'Co');
    expect(seen).toEqual(['C', 'Co']);
    expect(screen.getByText(/^Lower case letters, digits and -/)).toBeVisible();
  });

  it('offer only namespaces where services may be made, and say which need consent', async () => {
    const seen = await renderField(NamespaceField, { form });
    await userEvent.click(
      await screen.findByRole('button', { name: /Namespace/ }),
    );
    expect(
      (await screen.findAllByRole('option')).map(
        ({ textContent }) => textContent,
      ),
    ).toEqual(['wealth (needs consent)', 'wealth-test']);
    await userEvent.click(screen.getByRole('option', { name: 'wealth-test' }));
    expect(seen).toEqual([{ cluster: 'kepler', namespace: 'wealth-test' }]);
    const table = await screen.findByRole('table');
    expect(table).toHaveTextContent('GitLab project');
    expect(table).toHaveTextContent('wealth-test.coupon/');
  });

  it('offer every namespace where names are not to be free', async () => {
    await renderField(NamespaceField, {
      uiSchema: { 'ui:options': { checksNames: false } },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /Namespace/ }),
    );
    expect(await screen.findAllByRole('option')).toHaveLength(3);
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
  });

  it('refuse a place where the name is taken or cannot be checked', async () => {
    const errors: string[] = [];
    const field = { addError: (text: string) => errors.push(text) } as never;
    const validate = (api: TemplateFieldsApi) =>
      validatePlace(form.place, field, {
        apiHolder: { get: () => api } as never,
        formData: form,
        schema: {},
      });
    await validate(play());
    expect(errors).toEqual([]);
    await validate(
      play({
        prefix: async () => {
          throw new Error('Consul cannot be reached');
        },
        names: async () => ({
          ...NAMES,
          checks: [
            {
              what: 'GitLab project',
              name: 'wealth/coupon',
              state: 'taken',
              reason: 'There is a project of that name',
            },
            { what: 'Images', name: 'coupon', state: 'taken' },
          ],
        }),
      }),
    );
    expect(errors).toEqual([
      'GitLab project wealth/coupon is taken: There is a project of that name',
      'Consul prefix wealth-test.coupon/ is not known to be free: Consul cannot be reached',
    ]);
  });

  it('suggest the host of the convention, and refuse one that is served', async () => {
    const seen = await renderField(HostField, { form });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Use coupon.wealth-test.example',
      }),
    );
    expect(seen).toEqual(['coupon.wealth-test.example']);
    const errors: string[] = [];
    await validateHost(
      'pay.example.com',
      { addError: (text: string) => errors.push(text) } as never,
      {
        apiHolder: { get: () => play() } as never,
        formData: form,
        schema: {},
      },
    );
    expect(errors).toEqual([
      'pay.example.com is taken: VirtualService payment in wealth serves it',
    ]);
  });

  it('choose a group of GitLab with its host', async () => {
    const seen = await renderField(GitLabGroupField);
    await userEvent.click(
      await screen.findByRole('button', { name: /GitLab group/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'wealth (Wealth)' }),
    );
    expect(seen).toEqual([{ host: 'gitlab.example', group: 'wealth' }]);
  });

  it('say why there are no groups', async () => {
    await renderField(GitLabGroupField, {
      api: play({
        groups: async () => {
          throw new Error('GitLab cannot be reached');
        },
      }),
    });
    expect(
      await screen.findByText(
        'Groups could not be read: GitLab cannot be reached',
      ),
    ).toBeVisible();
  });

  it('show the steps of a strategy as a picture with words', async () => {
    const seen = await renderField(CanaryStrategyField);
    await userEvent.click(screen.getByRole('radio', { name: /^Quick/ }));
    expect(seen).toEqual([{ steps: CANARY_STRATEGIES.quick }]);
    await waitFor(() =>
      expect(screen.getByRole('img')).toHaveAccessibleName(
        'Share of requests that a new version gets, step by step: 20 %, 5 min, 50 %, 5 min, live',
      ),
    );
    expect(strategyName({ steps: [{ kind: 'approval' }] })).toBeUndefined();
  });
});
