import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import type { TemplatePreview } from '@orrery/backstage-plugin-orrery-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ComponentType } from 'react';
import { Route, Routes } from 'react-router-dom';
import { templateFieldsApiRef, type TemplateFieldsApi } from '../api';
import { PreviewField } from './PreviewField';

const WRITE = {
  plugin: 'delivery',
  action: 'start-build',
  needsApproval: false,
  warnings: [],
};
const PREVIEW: TemplatePreview = {
  title: 'New service',
  steps: [
    {
      id: 'names',
      name: 'Check names',
      action: 'orrery:names:check',
      state: 'runs',
      lines: [
        { level: 'info', text: 'Host a.example: free' },
        { level: 'warn', text: 'It would end here' },
      ],
      writes: [],
    },
    {
      id: 'consent',
      name: 'Ask',
      action: 'orrery:approval:request',
      state: 'runs',
      lines: [{ level: 'info', text: 'said of the write' }],
      writes: [
        {
          ...WRITE,
          plugin: 'orrery',
          action: 'consent',
          summary: 'New service',
          before: '',
          after: 'text',
        },
      ],
    },
    {
      id: 'publish',
      name: 'Make its repository',
      action: 'publish:gitlab',
      state: 'untold',
      lines: [],
      input: '{"repoUrl":"x"}',
      writes: [],
    },
    {
      id: 'build',
      name: 'Build it',
      action: 'orrery:jenkins:job',
      state: 'runs',
      lines: [],
      writes: [{ ...WRITE, summary: '', problem: 'there is no project' }],
    },
    {
      id: 'clean',
      name: 'Take back',
      action: 'orrery:clean-up',
      state: 'skipped',
      lines: [],
      writes: [],
    },
  ],
  objects: [
    {
      apiVersion: 'v1',
      kind: 'Service',
      name: 'coupon',
      step: 'deploy',
      change: 'created',
      before: '',
      after: 'kind: Service\n',
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'coupon',
      step: 'deploy',
      change: 'changed',
      before: 'replicas: 1\n',
      after: 'replicas: 2\n',
    },
  ],
  files: [
    { path: 'src/main.ts', bytes: 12, text: 'let main = 1' },
    { path: 'logo.png', bytes: 4096, reason: 'binary' },
  ],
};

async function show(preview: TemplateFieldsApi['preview']) {
  const Field = PreviewField as ComponentType<Record<string, unknown>>;
  await renderInTestApp(
    <TestApiProvider apis={[[templateFieldsApiRef, { preview } as never]]}>
      <Routes>
        <Route
          path="/templates/:namespace/:templateName"
          element={<Field formContext={{ formData: { name: 'coupon' } }} />}
        />
        <Route path="*" element={<Field formContext={{ formData: {} }} />} />
      </Routes>
    </TestApiProvider>,
    { initialRouteEntries: ['/templates/default/new-service'] },
  );
}

const row = async (name: string) => {
  const item = (await screen.findByText(name)).closest('li');
  if (!item) {
    throw new Error(`There is no row ${name}`);
  }
  return within(item);
};

describe('PreviewField', () => {
  it('tries the template with the answers of the form, and tells each step', async () => {
    const preview = jest.fn(async () => PREVIEW);
    await show(preview);
    expect(
      (await row('Check names')).getByText('It would end here'),
    ).toHaveClass('orrery-preview-problem');
    expect(preview).toHaveBeenCalledWith('template:default/new-service', {
      name: 'coupon',
    });
    const consent = await row('Ask');
    expect(consent.getByText('Nobody else need consent.')).toBeVisible();
    expect(consent.queryByText('said of the write')).not.toBeInTheDocument();
    expect(
      (await row('Make its repository')).getByText('Not known before it runs'),
    ).toBeVisible();
    expect(
      (await row('Build it')).getByText(
        'As things are now it would be refused: there is no project',
      ),
    ).toBeVisible();
    expect((await row('Take back')).getByText('Skipped')).toBeVisible();
  });

  it('shows what an action is given that cannot tell what it would do', async () => {
    await show(async () => PREVIEW);
    await userEvent.click(
      await screen.findByText('What publish:gitlab is given'),
    );
    expect(screen.getByText('{"repoUrl":"x"}')).toBeVisible();
  });

  it('shows new objects whole, and of others what changes', async () => {
    await show(async () => PREVIEW);
    await userEvent.click(
      await screen.findByRole('tab', { name: 'Objects (2)' }),
    );
    await userEvent.click(screen.getByText('Service'));
    expect(
      screen.getByRole('group', { name: 'Service coupon' }),
    ).toHaveTextContent('kind: Service');
    await userEvent.click(screen.getByText('Deployment'));
    expect(screen.getByText('replicas: 1')).toHaveAttribute(
      'data-kind',
      'removed',
    );
  });

  it('shows texts of files, and says why others are not shown', async () => {
    await show(async () => PREVIEW);
    await userEvent.click(
      await screen.findByRole('tab', { name: 'Files (2)' }),
    );
    await userEvent.click(screen.getByText('src/main.ts'));
    expect(screen.getByText('let main = 1')).toBeVisible();
    await userEvent.click(screen.getByText('logo.png'));
    expect(screen.getByText('It is no text.')).toBeVisible();
    expect(screen.getByText('4,096 bytes')).toBeVisible();
  });

  it('says why it could not be tried, and tries again', async () => {
    const preview = jest
      .fn<Promise<TemplatePreview>, []>()
      .mockRejectedValueOnce(new Error('values.name: expected a name'))
      .mockResolvedValue(PREVIEW);
    await show(preview);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'It could not be tried: values.name: expected a name',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Check names')).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
