import type { ServiceAddress } from '@portolan/mock-apiserver';
import { expect, it } from 'vitest';
import { announceServices } from './announce-services.ts';

it('[M200] the commands say once where a service answers, and when that is not its node port', () => {
  const address = (service: string, url: string | null): ServiceAddress => {
    return { namespace: 'default', service, port: 80, nodePort: 30001, url, open: url !== null };
  };
  let addresses = [address('web', null)];
  let changed = () => undefined as unknown;
  const said: string[] = [];
  const mock = {
    addresses: () => addresses,
    subscribeAddresses(listener: () => void) {
      changed = listener;
      return () => undefined;
    },
  };
  announceServices(mock, (text) => said.push(text));
  expect(said).toEqual([]);
  addresses = [address('web', 'http://127.0.0.1:30001'), address('api', 'http://127.0.0.1:41234')];
  changed();
  changed();
  expect(said).toEqual([
    'Service default/web answers at http://127.0.0.1:30001\n',
    'Service default/api answers at http://127.0.0.1:41234 (not at its node port 30001)\n',
  ]);
});
