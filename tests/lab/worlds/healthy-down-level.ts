import { mailServer } from '../hosts.ts';
import { nameIn } from '../mail/directory.ts';
import { defineWorld } from '../world.ts';

export const healthyDownLevel = defineWorld({
  name: 'healthy-down-level',
  title: 'The person signs in with the name of the domain in front, and all is well.',
  toldUsername: (email) => nameIn('down-level', email),
  hosts: { autodiscover: mailServer() },
});
