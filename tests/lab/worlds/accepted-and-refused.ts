import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const acceptedAndRefused = defineWorld({
  name: 'accepted-and-refused',
  title: 'Autodiscover takes the password, and the services beside it refuse the same one.',
  must: ['auth.inconsistent'],
  hosts: { autodiscover: mailServer({ deafAt: (path) => !path.endsWith('/autodiscover.xml') }) },
});
