import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  OrreryClient,
  orreryApiRef,
} from '@orrery/backstage-plugin-orrery-react';
import type { PermittedAnswer } from '@orrery/backstage-plugin-orrery-common';
import { http, HttpResponse, type RequestHandler } from 'msw';
import type { ReactElement } from 'react';
import {
  buildsApiRef,
  BuildsClient,
  deliveryApiRef,
  DeliveryClient,
  releasesApiRef,
  ReleasesClient,
  WorkloadsClient,
  workloadsApiRef,
} from '../api';
import { deliveryRouteRef } from '../routes';

/** Where the plugin's backend is in tests. */
export const DELIVERY = 'http://example.com/api/delivery';

/** Shows something of the plugin with real clients, whose requests a server of the test answers. */
export function renderDelivery(element: ReactElement, path = '/'): void {
  const options = {
    discoveryApi: mockApis.discovery(),
    fetchApi: {
      fetch: (...request: Parameters<typeof fetch>) => fetch(...request),
    },
  };
  renderInTestApp(element, {
    initialRouteEntries: [path],
    mountedRoutes: { '/delivery': deliveryRouteRef },
    apis: [
      [buildsApiRef, new BuildsClient(options)],
      [deliveryApiRef, new DeliveryClient(options)],
      [releasesApiRef, new ReleasesClient(options)],
      [workloadsApiRef, new WorkloadsClient(options)],
      [orreryApiRef, new OrreryClient(options)],
      mockApis.identity({
        userEntityRef: 'user:default/lin',
        ownershipEntityRefs: ['user:default/lin', 'group:default/payments'],
      }),
    ],
  });
}

/** Answers who may do what, by the action; what is not named may be done. */
export function permit(
  answers: Record<string, PermittedAnswer> = {},
): RequestHandler {
  return http.post(`${DELIVERY}/actions/permitted`, async ({ request }) => {
    const { questions } = (await request.json()) as {
      questions: { action: string }[];
    };
    return HttpResponse.json({
      answers: questions.map(
        ({ action }) =>
          answers[action] ?? { allowed: true, needsApproval: false },
      ),
    });
  });
}

/** A refusal in the form in which backends write it. */
export function refusal(statusCode: number, message: string): Response {
  return HttpResponse.json(
    { error: { name: 'Error', message }, response: { statusCode } },
    { status: statusCode },
  );
}
