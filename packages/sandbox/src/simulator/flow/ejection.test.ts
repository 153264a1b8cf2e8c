import { advanceEjection } from './ejection';

const detection = {
  consecutiveErrors: 5,
  gatewayErrorsOnly: false,
  intervalSeconds: 10,
  baseEjectionSeconds: 30,
  maximumEjected: 0.5,
};

function settle(failureShare: number, endpoints = 10, maximumEjected = 0.5) {
  let ejected = 0;
  for (let second = 0; second < 600; second++) {
    ejected = advanceEjection(
      ejected,
      { ...detection, maximumEjected },
      {
        requestsPerSecond: 5,
        failureShare,
        endpoints,
        clusterEndpoints: endpoints,
      },
      1,
    );
  }
  return ejected;
}

describe('advanceEjection', () => {
  it('ejects endpoints that always fail, up to the limit', () => {
    expect(settle(1)).toBe(0.5);
  });

  it('leaves endpoints alone that fail now and then', () => {
    expect(settle(0.12)).toBeLessThan(0.01);
  });

  it('may always eject one endpoint', () => {
    expect(settle(1, 1, 0.1)).toBeGreaterThan(0.9);
  });

  it('takes endpoints back once they answer', () => {
    let ejected = 0.5;
    for (let second = 0; second < 120; second++) {
      ejected = advanceEjection(
        ejected,
        detection,
        {
          requestsPerSecond: 5,
          failureShare: 0,
          endpoints: 4,
          clusterEndpoints: 4,
        },
        1,
      );
    }
    expect(ejected).toBeLessThan(0.02);
  });
});
