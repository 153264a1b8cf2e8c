import { renderInTestApp } from '@backstage/frontend-test-utils';
import type {
  PermittedAnswer,
  PermittedQuestion,
} from '@orrery/backstage-plugin-orrery-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { orreryApiRef, type OrreryApi } from '../api';
import { usePermittedActions } from './usePermittedActions';

const QUESTIONS: PermittedQuestion[] = [
  { action: 'restart-workload', input: { workload: 'order' } },
  { action: 'scale-workload', input: { workload: 'order' } },
];

describe('usePermittedActions', () => {
  const permitted = jest.fn<
    Promise<PermittedAnswer[]>,
    [string, readonly PermittedQuestion[]]
  >();

  beforeEach(() => permitted.mockReset());

  /** Asks again with equal questions, and with others, when pressed. */
  function Asking(props: { first: PermittedQuestion[] }) {
    const [questions, setQuestions] = useState(props.first);
    const { value, error, retry } = usePermittedActions('delivery', questions);
    return (
      <>
        <output>
          {error?.message ??
            value?.map(({ allowed }) => (allowed ? 'yes' : 'no')).join(' ') ??
            'not known'}
        </output>
        <button onClick={() => setQuestions([...questions])}>Same</button>
        <button onClick={() => setQuestions(questions.slice(1))}>Fewer</button>
        <button onClick={retry}>Again</button>
      </>
    );
  }

  function show(first = QUESTIONS) {
    return renderInTestApp(<Asking first={first} />, {
      apis: [[orreryApiRef, { permitted } as Partial<OrreryApi> as OrreryApi]],
    });
  }

  const answers = (...allowed: boolean[]): PermittedAnswer[] =>
    allowed.map(isAllowed => ({ allowed: isAllowed, needsApproval: false }));
  const press = (name: string) =>
    userEvent.click(screen.getByRole('button', { name }));

  it('asks all at once and answers in their order', async () => {
    permitted.mockResolvedValue(answers(true, false));
    await show();
    expect(await screen.findByText('yes no')).toBeVisible();
    expect(permitted.mock.calls).toEqual([['delivery', QUESTIONS]]);
  });

  it('asks again for other questions only', async () => {
    permitted.mockResolvedValueOnce(answers(true, false));
    permitted.mockResolvedValueOnce(answers(false));
    await show();
    await screen.findByText('yes no');
    await press('Same');
    expect(permitted).toHaveBeenCalledTimes(1);
    await press('Fewer');
    expect(await screen.findByText('no')).toBeVisible();
    expect(permitted).toHaveBeenLastCalledWith('delivery', [QUESTIONS[1]]);
  });

  it('asks nobody where there is nothing to ask', async () => {
    await show([]);
    expect(await screen.findByText('', { selector: 'output' })).toBeVisible();
    expect(permitted).not.toHaveBeenCalled();
  });

  it('says that it does not know, and may be asked again', async () => {
    permitted.mockRejectedValueOnce(new Error('no answer'));
    permitted.mockResolvedValueOnce(answers(false, true));
    await show();
    expect(await screen.findByText('no answer')).toBeVisible();
    await press('Again');
    expect(await screen.findByText('no yes')).toBeVisible();
  });
});
