import { FaultError, type MockCluster, StepError, TrafficError } from '@portolan/mock-apiserver';
import type { PresenterPort } from '../http/presenter-port.ts';
import { Problem } from '../http/problem.ts';

/** What the embedded cluster refuses is the viewer's to know, not a failure inside. */
function asProblem(error: unknown): unknown {
  const refused = error instanceof StepError || error instanceof TrafficError || error instanceof FaultError;
  return refused ? new Problem(409, error.message) : error;
}

function refusing<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw asProblem(error);
  }
}

async function refusingLater<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw asProblem(error);
  }
}

/** The presenter of an embedded cluster, as the routes need it. */
export function presenterOf({ presenter, traffic, faults, addresses }: MockCluster): PresenterPort {
  return {
    describe: () => presenter.describe(),
    run: (step) => refusingLater(() => presenter.run(step)),
    tour: (command) => refusingLater(() => presenter.tour(command)),
    addresses,
    traffic: () => traffic.describe(),
    async commandTraffic(command) {
      switch (command.do) {
        case 'start':
          return refusingLater(() => traffic.start(command));
        case 'stop':
          return traffic.stop();
        case 'reset':
          return traffic.reset();
      }
    },
    faultKinds: () => faults.catalogue(),
    activeFaults: () => faults.active(),
    inject: ({ kind, params }) => void refusing(() => faults.inject(kind, params)),
    clear: (handle) => refusing(() => faults.clear(handle)),
  };
}
