import { mockServices } from '@backstage/backend-test-utils';
import { DefaultEventsService } from '@backstage/plugin-events-node';
import { PushNews } from './PushNews';

describe('news of pushes', () => {
  it('reach all who listen, and nothing else does', async () => {
    const logger = mockServices.logger.mock();
    const events = DefaultEventsService.create({ logger });
    const [one, other] = [1, 2].map(() => new PushNews({ events, logger }));
    const heard: string[] = [];
    await one.listen(project => heard.push(`one ${project}`));
    await other.listen(project => heard.push(`other ${project}`));
    one.tell('wealth/order');
    await events.publish({ topic: 'orrery.delivery.push', eventPayload: 7 });
    await new Promise(resolve => {
      setTimeout(resolve, 10);
    });
    expect(heard.sort()).toEqual(['one wealth/order', 'other wealth/order']);
  });

  it('that cannot be passed on are said to be', async () => {
    const logger = mockServices.logger.mock();
    const events = {
      publish: () => Promise.reject(new Error('no bus')),
      subscribe: async () => undefined,
    };
    new PushNews({ events, logger }).tell('wealth/order');
    await new Promise(resolve => {
      setTimeout(resolve, 0);
    });
    expect(logger.warn).toHaveBeenCalledWith(
      'A push to wealth/order was not passed on: Error: no bus',
    );
  });
});
