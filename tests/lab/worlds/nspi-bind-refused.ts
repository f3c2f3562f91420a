import { mailServer } from '../hosts.ts';
import { ecLoginFailure } from '../store/codes.ts';
import { defineWorld } from '../world.ts';

export const nspiBindRefused = defineWorld({
  name: 'nspi-bind-refused',
  title: 'The address book does not open.',
  analyzer: 'mapi-http',
  must: ['nspi.failed'],
  hosts: { autodiscover: mailServer({ addressBook: { failing: { Bind: ecLoginFailure } } }) },
});
